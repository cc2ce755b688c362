import type { Locator, Page } from 'playwright-core'

/** The agents' inbox, by the words a person would use. */
export class Inbox {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Goes there by the rail. */
  async open(): Promise<this> {
    await this.page.goto('/flows')
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inbox' }).click()
    await this.list.waitFor()
    return this
  }

  get list(): Locator {
    return this.page.getByRole('region', { name: 'Tickets' })
  }

  /** One ticket of the list, by something its row says. */
  row(words: string): Locator {
    return this.list.locator('.tl-ticket-row', { hasText: words })
  }

  async tab(name: string): Promise<void> {
    await this.list.getByRole('link', { name, exact: true }).click()
  }

  /** The ticket that is open. */
  get ticket(): Locator {
    return this.page.getByRole('article', { name: 'Ticket' })
  }

  button(name: string): Locator {
    return this.ticket.getByRole('button', { name, exact: true })
  }

  /** Texts, notes and what was done, from the top. */
  thread(): Promise<string[]> {
    return this.ticket
      .locator('.tl-sms-body > p, .tl-ticket-note > p, .tl-ticket-deed')
      .evaluateAll((lines) => lines.map((line) => String(line.textContent).replace(/ \d\d:\d\d$/, '')))
  }

  /** Writes to the contact and sends by keys. */
  async reply(text: string): Promise<void> {
    const field = this.ticket.getByLabel('Reply to the contact')
    await field.fill(text)
    await field.press('Control+Enter')
  }

  /** Writes to colleagues. */
  async note(text: string): Promise<void> {
    await this.ticket.getByText('Note', { exact: true }).click()
    await this.ticket.getByLabel('Note for colleagues').fill(text)
    await this.button('Add note').click()
  }

  /** Closes the ticket by the exit of that name. */
  async close(outcome: string): Promise<void> {
    await this.button('Close').click()
    const form = this.page.getByRole('dialog', { name: 'Close this ticket' })
    await form.getByLabel(outcome).check()
    await form.getByRole('button', { name: 'Close ticket' }).click()
    await form.waitFor({ state: 'detached' })
  }
}
