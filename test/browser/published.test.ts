import { type SmscProcess, startSmsc } from '@textloom/runtime/testing/system'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { menuFlow } from './example-flows.ts'
import { FlowPage } from './pages/flow-page.ts'
import { Phone } from './pages/phone.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'a published flow', () => {
  let smsc: SmscProcess
  let app: TextloomApp
  let page: Page

  beforeAll(async () => {
    smsc = await startSmsc()
    const link = { id: 'smsc', kind: 'smpp', host: '127.0.0.1', port: smsc.port, systemId: 'tl', password: 'secret-4' }
    app = await openTextloom({
      config: {
        links: [link],
        channels: [{ id: '4040', address: '4040', link: 'smsc' }],
        flows: [{ file: 'declared.json', publish: true, channels: [] }],
      },
      files: { 'declared.json': JSON.stringify(menuFlow('declared')) },
    })
    page = await app.newPage()
  })
  afterAll(async () => {
    await app?.close()
    smsc?.signal('SIGTERM')
    await smsc?.ended
  })

  test('is tried, tested and published; then a network texts its keyword, and the session shows live', async () => {
    const phoneNumber = '+36201234567'
    await app.store(menuFlow('live'))
    const flow = await new FlowPage(page).open('live')
    const phone = await new Phone(page).open()
    await phone.button('HELLO').click()
    await phone.say('place')
    await expect.poll(() => phone.chat()).toContain('(Conversation completed)')
    await phone.tab('Tests')
    await phone.button('Save this conversation as a test').click()
    await phone.button('Save').click()
    await flow.saved()
    expect((await app.stored('live')).tests).toHaveLength(1)

    await page.getByRole('button', { name: 'Publish' }).click()
    const drawer = page.getByRole('dialog', { name: 'Publish' })
    await drawer
      .getByText('1 test passes')
      .or(drawer.getByText(/test.* pass/))
      .waitFor()
    await drawer.getByRole('checkbox', { name: /4040/ }).check()
    await drawer.getByLabel('What is new').fill('The first one')
    await drawer.getByRole('button', { name: 'Publish', exact: true }).click()
    await drawer.getByText('Text HELLO to 4040 to see it.').waitFor()

    // Somebody looks at the list while the network texts.
    const list = await app.newPage({ context: page.context() })
    await list.goto('/sessions')
    await list.getByText('Nobody has texted yet').waitFor()
    smsc.says(phoneNumber, 'hello')
    expect(await smsc.texts(phoneNumber, 1)).toEqual(['What can we do?'])
    const row = list.getByRole('link', { name: /Help at Menu “What can we do\?”/ })
    await row.getByText('Running').waitFor()
    await row.click()

    const here = list.locator('.tl-journey-step[data-here]')
    await expect.poll(() => here.textContent()).toMatch(/^Menu.*Waiting for a reply/s)
    smsc.says(phoneNumber, 'where')
    expect(await smsc.texts(phoneNumber, 2)).toEqual(['What can we do?', 'Main Street 1'])
    await list.locator('.tl-session-facts').getByText('Completed').waitFor()
    await expect
      .poll(() => list.locator('.tl-session-thread .tl-sms-body > p').allInnerTexts())
      .toEqual(['hello', 'What can we do?', 'where', 'Main Street 1'])
    expect(await list.locator('.tl-journey-step strong').allInnerTexts()).toEqual([
      'Keyword “HELLO (whole text)”',
      'Menu “What can we do?”',
      'Message “Main Street 1”',
      'End “Completed”',
    ])
    expect([...(complaints.get(page) ?? []), ...(complaints.get(list) ?? [])]).toEqual([])
    await list.close()
  })

  test('made as a table of replies answers a text by its row, and the table keeps off what is drawn beyond it', async () => {
    const phoneNumber = '+36201234568'
    await page.goto('/flows')
    await page.getByRole('button', { name: 'New flow' }).click()
    await page.getByRole('button', { name: /^Autoresponder/ }).click()
    await page.getByRole('button', { name: 'Make it' }).click()
    const table = page.locator('.tl-answers')
    const row = (name: string) => table.getByRole('group', { name })
    await table.getByRole('button', { name: 'Add a keyword' }).click()
    await page.keyboard.type('price, cost')
    await row('row 2 of 2').getByText('There is nothing to send').waitFor()
    await row('row 2 of 2').getByLabel('Reply').fill('12 euro')
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('map')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(() => table.getByLabel('Reply').count()).toBe(2)
    await table.getByRole('button', { name: 'Add a text or sender' }).click()
    await page.keyboard.type('thanks')
    await row('row 1 of 1').getByLabel('Reply').fill('Our pleasure')

    const phone = await new Phone(page).open()
    await phone.say('Cost')
    await expect.poll(() => phone.chat()).toContain('12 euro')
    await page.getByRole('button', { name: 'Publish' }).click()
    const drawer = page.getByRole('dialog', { name: 'Publish' })
    await drawer.getByRole('checkbox', { name: /4040/ }).check()
    await drawer.getByRole('button', { name: 'Publish', exact: true }).click()
    await drawer.getByText('v1 listens on 4040.').waitFor()
    smsc.says(phoneNumber, 'PRICE')
    expect(await smsc.texts(phoneNumber, 1)).toEqual(['12 euro'])
    smsc.says(phoneNumber, 'many thanks')
    expect(await smsc.texts(phoneNumber, 2)).toEqual(['12 euro', 'Our pleasure'])

    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Canvas' }).click()
    const flow = new FlowPage(page)
    await flow.card('Message: Our pleasure').click()
    await flow.press('Control+Backspace')
    await page.getByRole('link', { name: 'Table' }).click()
    await table.getByText('This flow is more than a table of replies').waitFor()
    expect(await row('row 1 of 2').getByLabel('Reply').isDisabled()).toBe(true)
    expect(complaints.get(page) ?? []).toEqual([])
  })

  test('that the configuration file declares is read-only, and says so; so are its link and channel', async () => {
    await new FlowPage(page).open('declared')
    const badge = page.locator('.tl-save[data-state="read-only"]')
    expect(await badge.textContent()).toContain('configuration file')
    expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0)

    await page.goto('/channels')
    await page.getByText('Set in the configuration file; change it there.').first().waitFor()
    await expect.poll(() => page.locator('.tl-link-card').textContent()).toMatch(/Connected/)
    expect(await page.getByRole('button', { name: /^More for/ }).count()).toBe(0)
    expect(await page.content()).not.toContain('secret-4')
  })

  test('a password of a link is written and never shown again', async () => {
    await page.goto('/channels')
    await page.getByRole('button', { name: 'Connect a network' }).click()
    const dialog = page.getByRole('dialog', { name: 'Connect a network' })
    await dialog.getByLabel('Name', { exact: true }).fill('spare')
    await dialog.getByLabel('Host').fill('127.0.0.1')
    await dialog.getByLabel('Port').fill(String(smsc.port))
    await dialog.getByLabel('System id').fill('tl')
    await dialog.getByRole('textbox', { name: 'Password' }).fill('secret-5')
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await page.getByRole('button', { name: 'More for the link spare' }).click()
    await page.getByRole('menuitem', { name: 'Change' }).click()
    const change = page.getByRole('dialog', { name: 'Change spare' })
    expect(await change.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('')
    expect(await (await app.api('/api/v1/links/spare')).text()).not.toContain('secret-5')
    await change.getByRole('button', { name: 'Cancel' }).click()
  })
})
