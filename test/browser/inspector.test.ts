import { readFile } from 'node:fs/promises'
import type { FlowDocument } from '@textloom/core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { exampleFlow, menuFlow } from './example-flows.ts'
import { connections } from './flows.ts'
import { FlowPage } from './pages/flow-page.ts'
import { Inspector } from './pages/inspector.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'the fields of a step', () => {
  let app: TextloomApp
  let page: Page
  let flow: FlowPage
  let inspector: Inspector

  beforeAll(async () => {
    app = await openTextloom()
  })
  afterAll(() => app?.close())
  afterEach(async () => {
    // On a slow machine a rule that is half put together is saved, which is refused until it is whole.
    expect((complaints.get(page) ?? []).filter((note) => !/status of 422/.test(note))).toEqual([])
    await page.close()
  })

  async function open(document: FlowDocument): Promise<void> {
    await app.store(document)
    page = await app.nextPage()
    flow = await new FlowPage(page).open(document.id)
    inspector = new Inspector(page)
  }

  const dataOf = async (document: string, node: string) => {
    await flow.saved()
    return (await app.stored(document)).nodes.find(({ id }) => id === node)?.data
  }

  test('a menu is edited by keyboard alone, and its edges hold on', async () => {
    await open(menuFlow('menu-by-keys'))
    const before = connections(await app.stored('menu-by-keys')).filter((edge) => !edge.startsWith('menu'))
    await flow.card('menu').focus()
    await flow.press('Enter')
    await expect.poll(() => page.evaluate('document.activeElement?.getAttribute("aria-label")')).toBe('Text')
    await flow.press('Control+a')
    await page.keyboard.type('How can we help?')

    await inspector.tabTo('New option')
    await page.keyboard.type('Opening hours')
    await flow.press('Enter')
    await page.keyboard.type('Öffnungszeiten')
    await flow.press('Enter')
    await inspector.tabTo(/^Move option “Opening hours”/, 'Shift+Tab')
    await flow.press('ArrowUp', 'ArrowUp')
    expect(await inspector.labels()).toEqual(['Opening hours', 'Hours', 'Where', 'Öffnungszeiten'])

    await inspector.tabTo('Label')
    await inspector.tabTo(/^Move option “Hours”/)
    await inspector.tabTo('Label')
    await flow.press('Control+a')
    await page.keyboard.type('When')
    await flow.press('Escape')
    await expect.poll(() => page.evaluate('document.activeElement?.getAttribute("data-id")')).toBe('menu')

    expect(await dataOf('menu-by-keys', 'menu')).toMatchObject({
      text: 'How can we help?',
      options: [
        { id: 'opening-hours', label: 'Opening hours', synonyms: [] },
        { id: 'hours', label: 'When' },
        { id: 'where', label: 'Where' },
        { id: 'offnungszeiten', label: 'Öffnungszeiten' },
      ],
    })
    const after = connections(await app.stored('menu-by-keys'))
    expect(after.filter((edge) => !edge.startsWith('menu'))).toEqual(
      before.map((edge) => edge.replace('What can we do?', 'How can we help?')),
    )
    expect(after).toContain('menu "How can we help?":hours→message "Open 9 to 5."')
  })

  test('an option that is removed takes its connection along, in one step that undo takes back', async () => {
    await open(menuFlow('option-removed'))
    await flow.card('menu').click()
    await inspector.button('Remove option “Hours” and its connection').click()
    expect(await flow.undoLabel()).toBe('Undo: Remove option “Hours” and its connection')
    await flow.saved()
    expect(connections(await app.stored('option-removed')).join()).not.toContain('hours')
    await flow.press('Control+z')
    await flow.saved()
    expect(connections(await app.stored('option-removed'))).toEqual(connections(menuFlow('x')))
  })

  test('an option is dragged to another place', async () => {
    await open(menuFlow('option-dragged'))
    await flow.card('menu').click()
    const [grip, below] = [inspector.button(/^Move option “Hours”/), inspector.button(/^Move option “Where”/)]
    const [from, to] = [await grip.boundingBox(), await below.boundingBox()]
    if (!from || !to) throw new Error('not drawn')
    await page.mouse.move(from.x + 8, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(to.x + 8, to.y + 20, { steps: 6 })
    await page.mouse.up()
    expect(await inspector.labels()).toEqual(['Where', 'Hours'])
    expect(await flow.undoLabel()).toBe('Undo: Move option “Hours”')
  })

  describe('a message', () => {
    test('offers the values of the flow behind {{, and shows them as pills', async () => {
      const params = [{ name: 'first_name', type: 'text' as const }]
      const variables = [{ name: 'never_set', type: 'text' as const }]
      await open({ ...menuFlow('completion'), params, variables })
      await flow.card('open').click()
      await inspector.text('Text').click()
      await flow.press('Control+End')
      await page.keyboard.type(' Bye {{')
      await expect.poll(() => inspector.offered.allInnerTexts()).toContainEqual(expect.stringContaining('first name'))
      const offered = await inspector.offered.allInnerTexts()
      expect(offered.find((name) => name.includes('first name'))).toContain('may be empty here')
      expect(offered.find((name) => name.includes('contact phone'))).not.toContain('may be empty')
      expect(offered.join()).not.toContain('never set')
      await page.keyboard.type('first')
      await expect.poll(() => inspector.offered.count()).toBe(1)
      await flow.press('Enter')
      await page.keyboard.type('!')
      expect(await inspector.text('Text').innerText()).toBe('Open 9 to 5. Bye first name!')
      expect(await dataOf('completion', 'open')).toEqual({ text: 'Open 9 to 5. Bye {{ params.first_name }}!' })
      expect(await inspector.counter.innerText()).toContain('Counted with “Alexandra” for first name.')
      // The pill is deleted as one.
      await flow.press('Backspace', 'Backspace')
      expect(await dataOf('completion', 'open')).toEqual({ text: 'Open 9 to 5. Bye ' })
    })

    test('tells what it costs and why, and is written plainly on request', async () => {
      await open(menuFlow('segments'))
      await flow.card('open').click()
      await inspector.text('Text').fill(`It’s ${'x'.repeat(80)}`)
      await expect
        .poll(() => inspector.counter.innerText())
        .toMatch(/2 segments[\s\S]*Unicode[\s\S]*’ needs Unicode: 2 segments instead of 1/)
      await inspector.button('Replace with GSM').click()
      await expect.poll(() => inspector.counter.innerText()).toMatch(/1 segment\s+75 left\s+GSM-7/)
      expect(await dataOf('segments', 'open')).toEqual({ text: `It's ${'x'.repeat(80)}` })
      expect(await flow.undoLabel()).toBe('Undo: Change text of Message')
    })

    test('keeps the cursor while a problem comes and goes', async () => {
      await open(menuFlow('cursor'))
      await flow.card('open').click()
      await inspector.text('Text').click()
      await flow.press('Control+a')
      await page.keyboard.type('{{ vars.gone')
      await page.keyboard.type(' }} yes')
      await expect
        .poll(() => inspector.problemsOf('text').allInnerTexts())
        .toEqual([expect.stringContaining('vars.gone')])
      await page.keyboard.type(', no')
      expect(await inspector.text('Text').innerText()).toContain('yes, no')
      expect(await flow.cards.count()).toBe(5)
    })
  })

  test('what belongs to one kind of answer comes and goes with it', async () => {
    await open(exampleFlow('nps-survey', 'kinds'))
    await flow.card('score').click()
    expect(await inspector.control('Smallest number').inputValue()).toBe('0')
    await inspector.control('Kind of answer').click()
    await page.getByRole('option', { name: 'One of choices' }).click()
    expect(await inspector.control('Smallest number').count()).toBe(0)
    await expect
      .poll(() => inspector.problemsOf('choices').allInnerTexts())
      .toEqual(['The question has no choices: add one.'])
    expect(await dataOf('kinds', 'score')).toMatchObject({ kind: 'choice', choices: [] })
    expect(await dataOf('kinds', 'score')).not.toHaveProperty('min')
    await flow.press('Escape')
    await flow.press('Control+z')
    expect(await dataOf('kinds', 'score')).toMatchObject({ kind: 'number', min: 0, max: 10 })
  })

  test('optional fields are added when wanted and leave nothing behind', async () => {
    await open(menuFlow('optional'))
    await flow.card('menu').click()
    await inspector.button('Text when asking again').click()
    expect(await dataOf('optional', 'menu')).not.toHaveProperty('retryText')
    await inspector.text('Text when asking again').fill('Please reply 1 or 2.')
    expect(await dataOf('optional', 'menu')).toHaveProperty('retryText', 'Please reply 1 or 2.')
    await inspector.button('Remove Text when asking again').click()
    await inspector.button('Remove Wait for a reply').click()
    const data = await dataOf('optional', 'menu')
    expect(data).not.toHaveProperty('retryText')
    expect(data).not.toHaveProperty('timeout')
  })

  test('a rule is put together from words, and leads on to a number', async () => {
    await open(exampleFlow('nps-survey', 'rules'))
    await flow.card('group').click()
    await inspector.button('Add a rule').click()
    await expect.poll(() => inspector.panel.locator('.tl-row').count()).toBe(3)
    const rule = inspector.panel.locator('.tl-row').nth(2)
    await rule.getByLabel('What is tested').fill('reason')
    await page.getByRole('option', { name: /^reason/ }).click()
    await rule.getByLabel('How').click()
    await page.getByRole('option', { name: 'contains', exact: true }).click()
    await rule.getByRole('textbox', { name: 'With what' }).fill('price')
    expect(await dataOf('rules', 'group')).toMatchObject({
      rules: [{}, {}, { id: 'rule-1', left: 'vars.reason', op: 'contains', right: 'price' }],
    })
  })

  test('a problem in the list leads to its field', async () => {
    const broken = menuFlow('to-the-field')
    const menu = broken.nodes.find(({ id }) => id === 'menu')
    if (menu) menu.data = { ...menu.data, retryText: '{{ vars.gone }}' }
    await open(broken)
    await flow.problems.click()
    await page.locator('.tl-problem', { hasText: 'vars.gone' }).click()
    await expect
      .poll(() => page.evaluate('document.activeElement?.getAttribute("aria-label")'))
      .toBe('Text when asking again')
  })

  test('a variable is renamed wherever the flow says it', async () => {
    await open(exampleFlow('nps-survey', 'renamed'))
    await page.getByRole('button', { name: 'Settings of this flow' }).click()
    await expect.poll(() => inspector.title.innerText()).toBe('This flow')
    const name = inspector.control('Name of the variable score')
    await name.fill('rating')
    await name.press('Enter')
    expect(await dataOf('renamed', 'score')).toHaveProperty('variable', 'rating')
    expect(await dataOf('renamed', 'group')).toMatchObject({
      rules: [{ left: 'vars.rating' }, { left: 'vars.rating' }],
    })
    await expect.poll(() => flow.problems.textContent()).toBe('No problems')
    expect(await flow.undoLabel()).toBe('Undo: Rename score to rating')
  })

  test('texts are translated side by side, go out as CSV and come back, and undo takes it back', async () => {
    const document = menuFlow('translated')
    await app.store({ ...document, languages: { base: 'en', others: ['hu'] } })
    page = await app.nextPage()
    await page.goto('/flows/translated')
    await page.getByRole('link', { name: 'Translations' }).click()
    const table = page.getByRole('region', { name: 'Translations' })
    const hungarian = table.getByRole('button', { name: /^Hungarian/ })
    const missing = async () => Number(/\d+/.exec((await hungarian.textContent()) ?? '')?.[0])
    const all = await missing()
    await table.getByRole('switch', { name: 'Missing only' }).check({ force: true })
    await table.getByLabel(/^Text of Menu .* in Hungarian$/).fill('Miben segíthetünk?')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('Nyitva')
    expect(await missing()).toBe(all - 2)

    const download = page.waitForEvent('download')
    await table.getByRole('button', { name: 'Export CSV' }).click()
    const csv = await readFile(await (await download).path(), 'utf8')
    expect(csv).toContain('Miben segíthetünk?')
    await table
      .locator('input[type=file]')
      .setInputFiles({ name: 'texts.csv', mimeType: 'text/csv', buffer: Buffer.from(csv.replace('Miben', 'Hogyan')) })
    await page.getByText('1 text is new or changed.').waitFor()
    await table.getByLabel(/^Text of Menu .* in Hungarian$/).focus()
    await page.keyboard.press('Control+z')
    await new FlowPage(page).saved()
    expect(Object.values((await app.stored('translated')).translations?.hu ?? {}).sort()).toEqual([
      'Miben segíthetünk?',
      'Nyitva',
    ])
  })
})
