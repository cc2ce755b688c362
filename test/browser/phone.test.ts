import type { FlowDocument } from '@textloom/core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { exampleFlow, menuFlow } from './example-flows.ts'
import { FlowPage } from './pages/flow-page.ts'
import { Inspector } from './pages/inspector.ts'
import { Phone } from './pages/phone.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'the phone beside the canvas', () => {
  let app: TextloomApp
  let page: Page
  let flow: FlowPage
  let phone: Phone

  beforeAll(async () => {
    app = await openTextloom()
  })
  afterAll(() => app?.close())
  afterEach(async () => {
    expect(complaints.get(page) ?? []).toEqual([])
    await page.close()
  })

  async function open(document: FlowDocument): Promise<void> {
    await app.store(document)
    page = await app.nextPage()
    flow = await new FlowPage(page).open(document.id)
    phone = await new Phone(page).open()
  }

  test('holds a conversation, and shows its way on the canvas', async () => {
    await open(menuFlow('talk'))
    expect(await phone.quickReplies()).toEqual(['HELLO', 'Start without a text'])
    await phone.say('good morning')
    await phone.button('HELLO').click()
    await expect
      .poll(() => phone.chat())
      .toEqual([
        'good morning',
        '(No keyword of this flow fits “good morning”, so nobody answers.)',
        'HELLO',
        'What can we do?',
      ])
    expect(await phone.way()).toEqual(['start', 'menu*'])
    expect(await phone.waiting.innerText()).toMatch(/Waiting for a reply\s+gives up in 4 h/)
    expect(await phone.quickReplies()).toEqual(['1 Hours', '2 Where'])
    await phone.say('place')
    await expect.poll(() => phone.chat()).toContain('(Conversation completed)')
    expect(await phone.way()).toEqual(['start', 'menu', 'place', 'end'])

    await phone.tab('Log')
    expect(await phone.panel.innerText()).toMatch(/Heard “place”[\s\S]*Where →[\s\S]*Sent “Main Street 1”/)
    await phone.tab('Chat')
    await phone.panel.getByLabel('Take back “place” and what came after').click()
    await expect.poll(() => phone.way()).toEqual(['start', 'menu*'])
  })

  test('has a clock that is moved by hand, to the next wait too', async () => {
    await open(menuFlow('clock'))
    await phone.say('hello')
    await phone.button('+1 h').click()
    await expect.poll(() => phone.time.innerText()).toContain('13:00')
    await expect.poll(() => phone.waiting.innerText()).toMatch(/gives up in 3 h/)
    await phone.button('Go to the next wait').click()
    await expect
      .poll(() => phone.chat())
      .toEqual([
        'hello',
        'What can we do?',
        '(1 h passed, nothing happened.)',
        '(3 h later)',
        '(Conversation completed)',
      ])
    expect(await phone.time.innerText()).toContain('16:00')
    expect(await phone.button('Go to the next wait').isDisabled()).toBe(true)
  })

  test('is played again when the flow changes, and says what is to be mended when it cannot be', async () => {
    await open(menuFlow('changed'))
    await phone.say('hello')
    await expect.poll(() => phone.chat()).toContain('What can we do?')
    await flow.card('menu').click()
    const inspector = new Inspector(page)
    await inspector.text('Text').fill('What do you want?')
    await expect.poll(() => phone.chat()).toEqual(['hello', 'What do you want?'])
    expect(await phone.panel.innerText()).toContain('Played again with your changes.')
    await inspector.text('Text').fill('')
    await expect.poll(() => phone.panel.innerText()).toContain('The menu has no text')
    expect(await phone.chat()).toEqual(['hello', 'What do you want?'])
    await flow.card('end').click()
    await phone.button(/The menu has no text/).click()
    await expect.poll(() => inspector.title.innerText()).toBe('Menu')
  })

  test('asks for the answers of web services, and remembers them', async () => {
    await open(exampleFlow('short-code-vote', 'stubbed'))
    await phone.say('vote ana')
    const stub = phone.panel.getByRole('form', { name: 'Answer of the web service' })
    await expect.poll(() => stub.innerText()).toContain('"act": "ana"')
    await stub.getByRole('button', { name: 'Ask the real server' }).click()
    await expect.poll(() => stub.getByRole('alert').innerText()).toContain('The real server was not heard')
    await stub.getByLabel('Body, JSON or text').fill('{"votes": ')
    await stub.getByRole('button', { name: 'Answer', exact: true }).click()
    await expect.poll(() => stub.innerText()).toContain('This is not JSON yet')
    await stub.getByLabel('Body, JSON or text').fill('{"votes": 812}')
    await stub.getByRole('button', { name: 'Answer', exact: true }).click()
    await expect.poll(() => phone.chat()).toContainEqual(expect.stringContaining('812 votes'))
    await phone.tab('Log')
    await phone.panel.getByText('Asked POST').click()
    expect(await phone.panel.innerText()).toContain('"voter": "+15550001"')
    await phone.tab('Chat')
    await page.reload()
    await phone.open()
    await phone.say('vote ana')
    await expect.poll(() => phone.chat()).toContainEqual(expect.stringContaining('812 votes'))
    await phone.button(/^Ask again for HTTP request/).click()
    await phone.button('Start over').click()
    await phone.say('vote ana')
    await stub.waitFor()
  })

  test('writes as somebody else, with parameters, and starts without a text', async () => {
    await open(exampleFlow('appointment-reminder', 'somebody'))
    await phone.button(/change who writes/).click()
    await phone.panel.getByLabel('Phone', { exact: true }).and(page.getByRole('textbox')).fill('+36301234567')
    await phone.panel.getByLabel('name', { exact: true }).fill('Éva')
    await phone.panel.getByLabel('date', { exact: true }).fill('Monday')
    await phone.button('Start over with this').click()
    await phone.button('Start without a text').click()
    await expect.poll(() => phone.chat()).toEqual([expect.stringMatching(/^Hello Éva, .* Monday at/)])
    await phone.tab('Values')
    expect(await phone.panel.innerText()).toMatch(/date\s+“Monday”[\s\S]*phone\s+“\+36301234567”/)
  })

  describe('a conversation', () => {
    test('is saved as a test that fails with the first difference once the flow does something else', async () => {
      await open(menuFlow('tested'))
      await phone.say('hello')
      await phone.say('1')
      await expect.poll(() => phone.chat()).toContain('(Conversation completed)')
      await phone.tab('Tests')
      await phone.button('Save this conversation as a test').click()
      expect(await phone.panel.getByLabel('Name of the test').inputValue()).toBe('hello · 1')
      await phone.panel.getByLabel('Name of the test').fill('Hours by number')
      await phone.button('Save test').click()
      await expect.poll(() => phone.test('Hours by number').getAttribute('data-state')).toBe('passed')
      expect(await flow.undoLabel()).toBe('Undo: Save a test')
      await flow.saved()
      expect((await app.stored('tested')).tests).toEqual([
        {
          name: 'Hours by number',
          steps: [
            { mo: 'hello' },
            { mt: 'What can we do?' },
            { mo: '1' },
            { mt: 'Open 9 to 5.' },
            { end: 'completed' },
          ],
        },
      ])

      await flow.card('open').click()
      await new Inspector(page).text('Text').fill('Closed.')
      await phone.button('Run all').click()
      await expect
        .poll(() => phone.test('Hours by number').innerText())
        .toContain('Step 4: the text "Open 9 to 5." was to come, but the text "Closed." came.')
      await phone.button('More for the test Hours by number').click()
      await page.getByRole('menuitem', { name: 'Rename' }).click()
      await phone.panel.getByLabel('New name of the test').fill('Hours')
      await phone.panel.getByLabel('New name of the test').press('Enter')
      await phone.button('More for the test Hours').click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      expect(await flow.undoLabel()).toBe('Undo: Delete a test')
      await flow.saved()
      expect(await app.stored('tested')).not.toHaveProperty('tests')
    })

    test('that was saved is run with all others, and played again on the phone', async () => {
      await open(exampleFlow('help-menu', 'all-tests'))
      await phone.tab('Tests')
      await phone.button('Run all').click()
      await expect.poll(() => phone.panel.innerText()).toMatch(/(\d+) of \1 passed/)
      await phone.button('More for the test Lost in billing').click()
      await page.getByRole('menuitem', { name: 'Play on the phone' }).click()
      const saved = exampleFlow('help-menu', 'x').tests?.find(({ name }) => name === 'Lost in billing')
      const texts = saved?.steps.flatMap((step) => ('mt' in step ? [step.mt] : 'mo' in step ? [step.mo] : []))
      await expect.poll(async () => (await phone.chat()).filter((line) => !line.startsWith('('))).toEqual(texts)
    })
  })

  test('is detached, moved and hidden, and is where it was when it comes back', async () => {
    await open(menuFlow('moved-phone'))
    await phone.say('hello')
    await phone.button('Detach the phone').click()
    const before = await phone.panel.boundingBox()
    const head = await phone.panel.getByRole('heading', { name: 'Phone' }).boundingBox()
    if (!before || !head) throw new Error('not drawn')
    await page.mouse.move(head.x + 20, head.y + 8)
    await page.mouse.down()
    await page.mouse.move(head.x - 280, head.y + 48, { steps: 5 })
    await page.mouse.up()
    const after = await phone.panel.boundingBox()
    expect(Math.round((after?.x ?? 0) - before.x)).toBe(-300)
    await phone.button('Hide the phone').click()
    expect(await phone.way()).toEqual([])
    await phone.open()
    expect(await phone.chat()).toEqual(['hello', 'What can we do?'])
    expect(await phone.way()).toEqual(['start', 'menu*'])
  })
})
