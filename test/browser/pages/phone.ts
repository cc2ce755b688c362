import type { Locator, Page } from 'playwright-core'

/** The phone beside the canvas. */
export class Phone {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Takes the phone out. */
  async open(): Promise<this> {
    await this.page.getByRole('button', { name: 'Try it' }).click()
    await this.panel.waitFor()
    return this
  }

  get panel(): Locator {
    return this.page.locator('.tl-phone')
  }

  /** Texts and notes from the top, each as the contact sees it; notes in parentheses. */
  async chat(): Promise<string[]> {
    // Read in one go: what is asked line by line may be gone before its turn comes.
    return this.panel
      .locator('.tl-thread :is(.tl-bubble > p, .tl-note, .tl-gap)')
      .evaluateAll((lines) =>
        lines.map((line) => (line.getAttribute('class') === null ? String(line.textContent) : `(${line.textContent})`)),
      )
  }

  /** Types a text and sends it. */
  async say(text: string): Promise<void> {
    const input = this.panel.getByLabel('Text message')
    await input.fill(text)
    await input.press('Enter')
  }

  async quickReplies(): Promise<string[]> {
    return this.panel.locator('.tl-replies button').allInnerTexts()
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name })
  }

  async tab(name: 'Chat' | 'Values' | 'Log' | 'Tests'): Promise<void> {
    await this.panel.getByRole('tab', { name }).click()
  }

  /** What the flow waits for, and how long. */
  get waiting(): Locator {
    return this.panel.locator('.tl-clock p')
  }

  get time(): Locator {
    return this.panel.locator('.tl-device-bar time')
  }

  /** A saved test by its name. */
  test(name: string): Locator {
    return this.panel.locator('.tl-test', { hasText: name })
  }

  /** Cards that the conversation came through, in document order; the one it rests in with a star. */
  async way(): Promise<string[]> {
    return this.page
      .locator('.react-flow__node:has([data-run])')
      .evaluateAll((nodes) =>
        nodes.map((node) => `${node.getAttribute('data-id')}${node.querySelector('[data-run="current"]') ? '*' : ''}`),
      )
  }
}
