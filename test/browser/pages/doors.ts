import type { Locator, Page } from 'playwright-core'

/** The pages before the app: signing in, and what a set-up link shows. */
export class Doors {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 })
  }

  /** What was refused, in words. */
  get refusal(): Locator {
    return this.page.getByRole('alert')
  }

  /** Fills in what the form asks for, by label, and sends it. */
  async send(values: { readonly [label: string]: string }, button: string): Promise<void> {
    for (const [label, value] of Object.entries(values)) {
      await this.page.getByRole('textbox', { name: label, exact: true }).fill(value)
    }
    await this.page.getByRole('button', { name: button }).click()
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.send({ 'E-mail address': email, Password: password }, 'Sign in')
  }
}
