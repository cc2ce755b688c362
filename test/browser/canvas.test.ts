import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { connections, emptyFlow, longFlow } from './flows.ts'
import { FlowPage } from './pages/flow-page.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'the canvas', () => {
  let app: TextloomApp
  let page: Page
  let flow: FlowPage

  beforeAll(async () => {
    app = await openTextloom()
  })
  afterAll(() => app?.close())
  afterEach(async () => {
    expect(complaints.get(page) ?? []).toEqual([])
    await page.close()
  })

  async function open(id: string, document = emptyFlow(id)): Promise<void> {
    await app.store(document)
    page = await app.nextPage()
    flow = await new FlowPage(page).open(id)
  }

  const helpMenu = [
    'keyword:next→menu "How can we help?"',
    'menu "How can we help?":option-1→message "We are open 9 to 5."',
    'menu "How can we help?":option-2→message "Main Street 1."',
    'message "Main Street 1.":next→end',
    'message "We are open 9 to 5.":next→end',
  ]

  /** The fields belong to the inspector, which has tests of its own. */
  async function fillIn(id: string): Promise<void> {
    await flow.saved()
    const document = await app.stored(id)
    const [opening, place] = document.nodes.filter(({ type }) => type === 'message')
    const menu = document.nodes.find(({ type }) => type === 'menu')
    if (!opening || !place || !menu) throw new Error('Something is missing.')
    opening.data = { text: 'We are open 9 to 5.' }
    place.data = { text: 'Main Street 1.' }
    menu.data = { ...menu.data, text: 'How can we help?' }
    expect(connections(document)).toEqual(helpMenu)
  }

  test('a menu is built by dragging, and each step is undone and done again', async () => {
    await open('by-hand')
    await flow.dragFromPalette('keyword', 450, 40)
    await flow.dragFromPalette('menu', 450, 190)
    await flow.dragFromPalette('message', 250, 490)
    await flow.dragFromPalette('message', 650, 490)
    await flow.dragFromPalette('end', 450, 680)
    const [keyword, menu, opening, place, end] = [0, 1, 2, 3, 4].map((index) => flow.cards.nth(index))
    if (!keyword || !menu || !opening || !place || !end) throw new Error('Five cards.')
    await flow.connect(keyword, 'Start', menu)
    await flow.connect(menu, 'First option', opening)
    await flow.connect(menu, 'Second option', place)
    await flow.connect(opening, 'Next', end)
    await flow.connect(place, 'Next', end)
    await fillIn('by-hand')

    const labels: string[] = []
    for (let steps = 0; steps < 10; steps++) {
      labels.push(await flow.undoLabel())
      await flow.press('Control+z')
    }
    expect(labels.toReversed()).toEqual([
      'Undo: Add Keyword',
      'Undo: Add Menu',
      'Undo: Add Message',
      'Undo: Add Message',
      'Undo: Add End',
      'Undo: Connect Keyword',
      'Undo: Connect Menu',
      'Undo: Connect Menu',
      'Undo: Connect Message',
      'Undo: Connect Message',
    ])
    expect(await flow.cards.count()).toBe(0)
    expect(await flow.undoLabel()).toBe('Nothing to undo')
    for (let steps = 0; steps < 10; steps++) await flow.press('Control+Shift+z')
    await fillIn('by-hand')
  })

  test('the same menu is built by keyboard alone', async () => {
    await open('by-keys')
    await flow.press('a')
    await flow.pick('keyword')
    await flow.press('Control+ArrowDown')
    await flow.pick('menu')
    await flow.press('Control+ArrowDown')
    await flow.pick('message')
    await flow.press('Control+ArrowDown')
    await flow.pick('end')
    // Up to the menu again, to its second exit.
    await flow.press('ArrowUp', 'ArrowUp', 'Tab', 'ArrowDown', 'Enter')
    await flow.pick('message')
    // And its exit to the end that is there.
    await flow.press('Tab', 'Control+Enter')
    await flow.pick('end')
    await fillIn('by-keys')

    await flow.press('Delete')
    expect(await flow.cards.count()).toBe(4)
    await flow.press('Control+z')
    expect(await flow.cards.count()).toBe(5)
  })

  test('a card is moved by keys, many presses being one step', async () => {
    await open('moved', longFlow('moved', 2))
    await flow.card('m0').focus()
    await flow.press('Alt+ArrowRight', 'Alt+ArrowRight', 'Alt+Shift+ArrowDown')
    await flow.saved()
    const moved = (await app.stored('moved')).nodes.find(({ id }) => id === 'm0')
    expect(moved?.position).toEqual({ x: 40, y: 80 })
    await flow.press('Control+z')
    await flow.saved()
    expect((await app.stored('moved')).nodes.find(({ id }) => id === 'm0')?.position).toEqual({ x: 0, y: 0 })
  })

  describe('threads', () => {
    test('that may not be are refused: into a start, to itself where nothing waits', async () => {
      await open('refused', longFlow('refused', 2))
      const before = connections(await app.stored('refused'))
      await flow.connect(flow.card('m0'), 'Next', flow.card('start'))
      await flow.connect(flow.card('m0'), 'Next', flow.card('m0'))
      expect(await flow.undoLabel()).toBe('Nothing to undo')
      await flow.connect(flow.card('m0'), 'Next', flow.card('end'))
      await flow.saved()
      expect(connections(await app.stored('refused'))).not.toEqual(before)
    })

    test('let go over the empty canvas, ask what comes there', async () => {
      await open('dropped', longFlow('dropped', 1))
      const from = await flow.exit(flow.card('m0'), 'Next').boundingBox()
      if (!from) throw new Error('no exit')
      await page.mouse.move(from.x + 10, from.y + 10)
      await page.mouse.down()
      await page.mouse.move(from.x + 320, from.y + 60, { steps: 8 })
      await page.mouse.up()
      await flow.pick('wait')
      expect(await flow.undoLabel()).toBe('Undo: Add Wait')
      await flow.saved()
      const { edges } = await app.stored('dropped')
      expect(edges.filter(({ source }) => source === 'm0').map(({ target }) => target)).toEqual([
        expect.stringMatching(/^wait-/),
      ])
    })

    test('take a step in that is dropped on them, and close when it is taken out again', async () => {
      await open('inserted', longFlow('inserted', 1))
      const [start, next] = [await flow.card('start').boundingBox(), await flow.card('m0').boundingBox()]
      const board = await page.locator('.tl-canvas').boundingBox()
      if (!start || !next || !board) throw new Error('not drawn')
      const x = start.x + start.width / 2 - board.x
      const y = (start.y + start.height + next.y) / 2 - board.y
      await flow.dragFromPalette('wait', x, y)
      expect(await flow.undoLabel()).toBe('Undo: Insert Wait')
      await flow.saved()
      expect(connections(await app.stored('inserted'))).toEqual([
        'keyword:next→wait',
        'message "Message 0":next→end',
        'wait:next→message "Message 0"',
      ])
      await flow.press('Control+Backspace')
      await flow.saved()
      expect(connections(await app.stored('inserted'))).toEqual([
        'keyword:next→message "Message 0"',
        'message "Message 0":next→end',
      ])
    })
  })

  test('what is copied in one flow is pasted in another, and a plain text becomes a message', async () => {
    await open('copied', longFlow('copied', 2))
    await flow.press('Control+a', 'Control+c')
    await app.store(emptyFlow('pasted'))
    const second = await app.newPage({ context: page.context() })
    const other = await new FlowPage(second).open('pasted')
    await other.press('Control+v')
    await other.saved()
    expect(connections(await app.stored('pasted'))).toEqual(connections(await app.stored('copied')))
    await second.evaluate('navigator.clipboard.writeText("See you soon")')
    await other.press('Control+v')
    await other.saved()
    expect((await app.stored('pasted')).nodes.map(({ data }) => data.text)).toContain('See you soon')
    expect(complaints.get(second) ?? []).toEqual([])
  })

  test('tidying up is one step, and puts the flow from top to bottom', async () => {
    await open('tidied', longFlow('tidied', 12))
    await flow.press('Shift+T')
    // What works it out is loaded first.
    await expect.poll(() => flow.undoLabel()).toBe('Undo: Tidy up')
    await flow.saved()
    const { nodes } = await app.stored('tidied')
    const heights = nodes.map(({ position }) => position.y)
    expect(heights).toEqual(heights.toSorted((a, b) => a - b))
  })

  test('problems are counted, listed, and lead to their step', async () => {
    await open('troubled', { ...longFlow('troubled', 1), edges: longFlow('troubled', 1).edges.slice(0, 1) })
    await expect.poll(() => flow.problems.textContent()).toBe('2 problems')
    await flow.problems.click()
    const entry = page.locator('.tl-problem', { hasText: 'leads nowhere' })
    await entry.click()
    await expect.poll(() => flow.selected.getAttribute('data-id')).toBe('m0')
    expect(await flow.card('m0').getAttribute('aria-label')).toBe('Message: Message 0, 1 exit, 1 problem')
  })

  test('three starters stand on an empty canvas; one of them makes a flow without problems', async () => {
    await open('begun')
    await page.getByRole('button', { name: /Survey/ }).click()
    await expect.poll(() => flow.cards.count()).toBe(6)
    await expect.poll(() => flow.problems.textContent()).toBe('No problems')
    expect(await flow.undoLabel()).toBe('Undo: Start with a survey')
  })

  test('dragging one card among 200 draws that card and its edges only', async () => {
    await app.store(longFlow('two-hundred', 200))
    page = await app.nextPage({ width: 1600, height: 1000 })
    await page.addInitScript('globalThis.__renders = {}')
    flow = await new FlowPage(page).open('two-hundred')
    await expect.poll(() => flow.cards.count()).toBe(202)
    await flow.card('m45').focus()
    await expect.poll(() => flow.selected.getAttribute('data-id')).toBe('m45')
    await flow.press('0')
    await flow.atRest()
    await page.evaluate('globalThis.__renders = {}')
    await flow.drag(flow.card('m45'), 120, 80)
    await flow.saved()
    await flow.atRest()
    const renders = (await page.evaluate('globalThis.__renders')) as Record<string, number>
    expect(Object.keys(renders).sort()).toEqual(['card m45', 'edge e45', 'edge e46'])
    // Picked up and put down; the way between is not drawn by the card at all.
    expect(renders['card m45']).toBeLessThanOrEqual(5)
    expect(renders['edge e45']).toBeLessThanOrEqual(20 + 5)
  })
})
