import type { Locator, Page } from 'playwright-core'

/** One open flow in a browser, by the words a person would use. */
export class FlowPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(flowId: string): Promise<this> {
    await this.page.goto(`/flows/${flowId}`)
    await this.page.locator('.tl-canvas[data-fitted]').waitFor()
    return this
  }

  /** Every card, in the order of the document. */
  get cards(): Locator {
    return this.page.locator('.react-flow__node')
  }

  get edges(): Locator {
    return this.page.locator('.react-flow__edge')
  }

  /** A card by its node's id, or by how its label begins. */
  card(name: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${name}"], .react-flow__node[aria-label^="${name}"]`).first()
  }

  /** The round handle of an exit. */
  exit(card: Locator, label: string): Locator {
    return card.locator('.tl-exit', { has: this.page.getByText(label, { exact: true }) }).locator('.tl-pull')
  }

  get selected(): Locator {
    return this.page.locator('.react-flow__node.selected')
  }

  get menu(): Locator {
    return this.page.locator('.tl-pick')
  }

  /** Drags a kind of step from the palette to a point of the canvas, in pixels from its upper left corner. */
  async dragFromPalette(type: string, x: number, y: number): Promise<void> {
    await this.page
      .locator(`.tl-palette-step[data-step="${type}"]`)
      .dragTo(this.page.locator('.tl-canvas'), { targetPosition: { x, y } })
  }

  /** Pulls a thread from an exit to a card. */
  async connect(from: Locator, label: string, to: Locator): Promise<void> {
    const start = await middle(this.exit(from, label))
    const end = await middle(to)
    await this.page.mouse.move(start.x, start.y)
    await this.page.mouse.down()
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 5 })
    await this.page.mouse.move(end.x, end.y, { steps: 5 })
    await this.page.mouse.up()
  }

  /** Drags a card by so many pixels. */
  async drag(card: Locator, dx: number, dy: number, steps = 20): Promise<void> {
    const { x, y } = await middle(card.locator('.tl-card-head'))
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + dx, y + dy, { steps })
    await this.page.mouse.up()
  }

  /** Picks from the menu that is open, by typing; the step it is about has the keyboard then. */
  async pick(words: string): Promise<void> {
    await this.menu.getByRole('combobox').fill(words)
    await this.page.keyboard.press('Enter')
    await this.page.locator('.react-flow__node.selected:focus').waitFor()
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** What undo would undo: the label of the button. */
  async undoLabel(): Promise<string> {
    return (await this.page.getByRole('button', { name: /undo/i }).getAttribute('aria-label')) ?? ''
  }

  get saveState(): Locator {
    return this.page.locator('.tl-save')
  }

  /** Waits until the page has had nothing to draw or to do for a while, however slow the machine. */
  async atRest(): Promise<void> {
    const idle = 'new Promise((idle) => requestAnimationFrame(() => requestIdleCallback(idle)))'
    for (let pauses = 0; pauses < 10; pauses++) await this.page.evaluate(idle)
  }

  /** Waits until the runtime has what is on the canvas. */
  async saved(): Promise<void> {
    // What was just done shows as unsaved with the next picture only.
    await this.page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    await this.page.locator('.tl-save[data-state="saved"]').waitFor({ timeout: 10_000 })
  }

  get problems(): Locator {
    return this.page.locator('.tl-flow-problems')
  }
}

async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (!box) throw new Error(`Not on the screen: ${locator}`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
