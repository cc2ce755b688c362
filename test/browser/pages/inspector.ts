import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The fields of the step that is picked out, or of the flow, by what they are called. */
export class Inspector {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get panel(): Locator {
    return this.page.locator('.tl-inspector')
  }

  get title(): Locator {
    return this.panel.getByRole('heading', { level: 2 })
  }

  /** A text with variables; several fields may have one. */
  text(label: string): Locator {
    return this.panel.getByRole('textbox', { name: label, exact: true })
  }

  /** A control by its label. */
  control(label: string | RegExp): Locator {
    return this.panel.getByLabel(label, { exact: typeof label === 'string' })
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name })
  }

  /** The field at a path of the node's data, with its problems. */
  field(place: string): Locator {
    return this.panel.locator(`[data-place="${place}"]`)
  }

  problemsOf(place: string): Locator {
    return this.field(place).locator('.tl-field-problems li')
  }

  /** Labels of the entries of a list, from the top. */
  async labels(): Promise<string[]> {
    const inputs = await this.panel.locator('.tl-row input[id]').all()
    const labels = await Promise.all(inputs.map((input) => input.inputValue()))
    return labels.filter((label) => label !== '')
  }

  /** What the counter below a message says. */
  get counter(): Locator {
    return this.panel.locator('.tl-segments').first()
  }

  /** Names that completion offers. */
  get offered(): Locator {
    return this.page.locator('.cm-tooltip-autocomplete li')
  }

  /** Presses Tab until the control of that name has the keyboard. */
  async tabTo(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const wanted = this.panel.locator(':focus').and(this.page.getByLabel(name, { exact: typeof name === 'string' }))
    for (let presses = 0; presses < 60; presses++) {
      if ((await wanted.count()) > 0) return
      await this.page.keyboard.press(key)
    }
    expect.unreachable(`${name} cannot be reached by ${key}.`)
  }
}
