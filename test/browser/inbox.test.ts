import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { deskFlow } from './desk-flow.ts'
import { Inbox } from './pages/inbox.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'the inbox', () => {
  let app: TextloomApp
  let page: Page
  let inbox: Inbox

  beforeAll(async () => {
    app = await openTextloom()
    await post('/queues', { id: 'desk', name: 'Help desk' })
    await post('/queues', { id: 'claims', name: 'Claims', parent: 'desk' })
    await app.store(deskFlow)
    await post(`/flows/${deskFlow.id}/publish`, { channels: ['loopback'] })
  })
  afterAll(() => app?.close())
  afterEach(async () => {
    expect(complaints.get(page) ?? []).toEqual([])
    await page.context().close()
  })

  async function post(path: string, body: unknown = {}) {
    const headers = { 'content-type': 'application/json' }
    const response = await app.api(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.ok, await response.clone().text()).toBe(true)
    return response.json() as Promise<Record<string, unknown>>
  }

  const says = (from: string, text: string) => post('/channels/loopback/handset', { from, text })

  /** What the phone got, the oldest first. */
  async function got(phone: string): Promise<string[]> {
    const response = await app.api(`/api/v1/messages?direction=mt&phone=${encodeURIComponent(phone)}`)
    const { items } = (await response.json()) as { items: { text: string; status: string }[] }
    return items
      .filter(({ status }) => ['sent', 'delivered'].includes(status))
      .map(({ text }) => text)
      .reverse()
  }

  async function open(): Promise<void> {
    page = await app.newPage()
    inbox = await new Inbox(page).open()
  }

  test('brings a phone to an agent, who answers and gives it back to its flow', async () => {
    await open()
    await inbox.list.getByText('All quiet').waitFor()
    await says('+15550101', 'human')
    await page.getByRole('link', { name: /^Inbox ?, 1 ticket waits$/ }).waitFor()
    await inbox.tab('Unassigned')
    await inbox.row('human').click()
    await inbox.button('Claim').click()
    await inbox.ticket.getByText('You have it').waitFor()
    await inbox.list.getByText('Nobody waits').waitFor()
    await inbox.tab('Mine')
    await inbox.row('human').click()

    await inbox.reply('What is it?')
    await expect.poll(() => got('+15550101')).toEqual(['What is it?'])
    await says('+15550101', 'My bill')
    await expect.poll(() => inbox.thread()).toContain('My bill')
    await expect.poll(() => inbox.row('My bill').innerText()).toContain('Help desk')
    await inbox.note('Check the invoice')
    await expect.poll(() => inbox.thread()).toContain('Check the invoice')
    await inbox.close('Resolved')
    await expect.poll(() => inbox.ticket.innerText()).toContain('Closed as resolved by')
    await expect.poll(() => got('+15550101')).toEqual(['What is it?', 'Glad we could help.'])
    await expect
      .poll(() => inbox.thread())
      .toEqual([
        'human',
        'The flow asked for a person: Help desk',
        expect.stringMatching(/ claimed it$/),
        'What is it?',
        'My bill',
        'Check the invoice',
        expect.stringMatching(/^Closed as resolved by /),
        'Glad we could help.',
      ])
    await inbox.tab('Closed')
    await inbox.row('Resolved').waitFor()
  })

  test('has queues with hours, holidays and people, set in the app', async () => {
    page = await app.newPage()
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Change Claims' }).click()
    const form = page.getByRole('dialog', { name: 'Claims' })
    await form.getByRole('button', { name: 'Add hours on Monday' }).click()
    await form.getByRole('button', { name: 'Same as Monday until Friday' }).click()
    await form.getByLabel('Closed on: new day').fill('2030-12-24')
    await form.getByRole('button', { name: 'Add', exact: true }).click()
    await form.getByRole('button', { name: 'Save' }).click()
    await form.waitFor({ state: 'detached' })
    expect(await (await app.api('/api/v1/queues/claims')).json()).toMatchObject({
      parent: 'desk',
      hours: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }],
      holidays: ['2030-12-24'],
    })
  })

  describe('a ticket', () => {
    test('of a colleague is read and noted on, moved and taken over, but not answered', async () => {
      await open()
      await says('+15550102', 'human')
      await inbox.row('0102').click()
      await inbox.ticket.getByText('Nobody has it').waitFor()
      const id = new URL(page.url()).pathname.split('/').at(-1)
      await post(`/tickets/${id}/claim`)
      await inbox.ticket.getByText('answers this one').waitFor()
      expect(await inbox.ticket.getByLabel('Reply to the contact').count()).toBe(0)
      await inbox.button('Take it over').click()
      await inbox.ticket.getByText('You have it').waitFor()
      await inbox.button('Transfer').click()
      await page.getByRole('dialog').getByLabel('Queue').selectOption('Claims')
      await page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).click()
      await expect.poll(() => inbox.thread()).toContainEqual(expect.stringMatching(/moved it to Claims$/))
      await inbox.ticket.getByText('Nobody has it').waitFor()
    })

    test('says that it is over when the contact texts STOP', async () => {
      await open()
      await says('+15550103', 'human')
      await inbox.row('0103').click()
      await inbox.ticket.getByLabel('Reply to the contact').fill('Hello, what can I')
      await says('+15550103', 'stop')
      await inbox.ticket.getByText('They texted STOP').waitFor()
      expect(await inbox.ticket.getByRole('textbox').count()).toBe(0)
    })
  })
})
