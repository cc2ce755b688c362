import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { deskFlow } from './desk-flow.ts'
import { exampleFlow, menuFlow } from './example-flows.ts'
import { FlowPage } from './pages/flow-page.ts'
import { Inbox } from './pages/inbox.ts'
import { Phone } from './pages/phone.ts'
import { openTextloom, type TextloomApp } from './textloom-app.ts'

/** What axe-core finds on a page that keeps somebody from using it, in light and in dark: rule and place. */
async function barriers(page: Page): Promise<string[]> {
  const light = await found(page, 'light', {})
  // Only what colours do is another matter in the dark.
  const dark = await found(page, 'dark', { runOnly: ['color-contrast'] })
  return [...light, ...dark]
}

async function found(page: Page, colorScheme: 'light' | 'dark', options: object): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
  // A colour that is still fading is not the one people read.
  await page.waitForFunction(
    "document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)",
  )
  if ((await page.evaluate('typeof globalThis.axe')) === 'undefined') await page.evaluate(axe.source)
  return page.evaluate(`axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })}).then(({ violations }) =>
    violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => '${colorScheme}: ' + id + ' at ' + target.join(' ') + ': ' + failureSummary)))`)
}

describeWith([chromium], 'nothing keeps anybody out', () => {
  let app: TextloomApp
  let page: Page

  beforeAll(async () => {
    app = await openTextloom()
    const post = (path: string, body: object) =>
      app.api(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    await app.store(menuFlow('walked'))
    await app.store({ ...menuFlow('troubled'), edges: menuFlow('troubled').edges.slice(0, 2) })
    await app.store(exampleFlow('help-menu', 'tested'))
    await post('/api/v1/flows/walked/publish', { channels: ['loopback'] })
    const text = (from: string, words: string) => post('/api/v1/channels/loopback/handset', { from, text: words })
    await text('+15550101', 'hello')
    await text('+15550102', 'nobody hears this')
    await post('/api/v1/queues', { id: 'desk', name: 'Help desk' })
    await app.store(deskFlow)
    await post(`/api/v1/flows/${deskFlow.id}/publish`, { channels: ['loopback'] })
    await text('+15550103', 'human')
    await post('/api/v1/users', { name: 'Ben', email: 'ben@example.com', role: 'editor' })
    await post('/api/v1/keys', { name: 'shop', scopes: ['sessions:write'] })
    page = await app.newPage()
  })
  afterAll(() => app?.close())

  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name }).waitFor()
  const click = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click()
  const open = (id: string) => new FlowPage(page).open(id)

  /** Every page, and whatever opens on top of one. */
  const places: { readonly what: string; readonly go: () => Promise<unknown> }[] = [
    { what: 'the flows', go: () => page.goto('/flows').then(() => heading('Flows')) },
    {
      what: 'a new flow',
      go: () =>
        page
          .goto('/flows')
          .then(() => click('New flow'))
          .then(() => page.locator('.tl-template').nth(2).waitFor()),
    },
    {
      what: 'the command palette',
      go: async () => {
        await page.goto('/flows')
        await heading('Flows')
        await page.keyboard.press('Control+k')
        await page.getByPlaceholder('Where to, or what to do?').waitFor()
      },
    },
    { what: 'the canvas', go: () => open('walked') },
    {
      what: 'the fields of a menu',
      go: async () => {
        const flow = await open('walked')
        await flow.card('menu').click()
        await page.locator('.tl-inspector .cm-content').first().waitFor()
      },
    },
    {
      what: 'the settings of a flow, and its problems',
      go: async () => {
        await open('troubled')
        await click('Settings of this flow')
        await page.locator('.tl-inspector').waitFor()
        await page.locator('.tl-flow-problems').click()
        await page.locator('.tl-problem').first().waitFor()
      },
    },
    {
      what: 'what can be added',
      go: async () => {
        const flow = await open('walked')
        await flow.press('a')
        await flow.menu.waitFor()
      },
    },
    {
      what: 'the shortcuts',
      go: async () => {
        const flow = await open('walked')
        await flow.press('?')
        await dialog('Shortcuts')
      },
    },
    {
      what: 'the phone beside the canvas',
      go: async () => {
        await open('tested')
        const phone = await new Phone(page).open()
        await phone.say('help')
        await expect.poll(() => phone.chat()).not.toEqual([])
      },
    },
    {
      what: 'its log',
      go: () => new Phone(page).tab('Log'),
    },
    {
      what: 'its values',
      go: () => new Phone(page).tab('Values'),
    },
    {
      what: 'its tests',
      go: async () => {
        const phone = new Phone(page)
        await phone.tab('Tests')
        await phone.button('Run all').click()
        await expect.poll(() => phone.panel.innerText()).toMatch(/(\d+) of \1 passed/)
      },
    },
    {
      what: 'publishing',
      go: async () => {
        await open('walked')
        await click('Publish')
        await page.getByRole('checkbox').first().waitFor()
      },
    },
    {
      what: 'earlier versions',
      go: async () => {
        await page.getByRole('tab', { name: 'Earlier versions' }).click()
        await page.getByText('v1').first().waitFor()
      },
    },
    { what: 'the inbox', go: () => new Inbox(page).open() },
    {
      what: 'a ticket',
      go: async () => {
        const inbox = new Inbox(page)
        await inbox.tab('Unassigned')
        await inbox.row('human').click()
        await inbox.button('Claim').waitFor()
      },
    },
    {
      what: 'a note on it',
      go: async () => {
        const { ticket } = new Inbox(page)
        await ticket.getByText('Note', { exact: true }).click()
        await ticket.getByLabel('Note for colleagues').waitFor()
      },
    },
    { what: 'the phones', go: () => page.goto('/phone').then(() => heading('Phone')) },
    {
      what: 'the sessions',
      go: () => page.goto('/sessions').then(() => page.locator('.tl-session-row').first().waitFor()),
    },
    {
      what: 'a session',
      go: async () => {
        await page.goto('/sessions')
        await page.locator('.tl-session-row').first().click()
        await page.locator('.tl-journey-step').first().waitFor()
      },
    },
    { what: 'ending a session', go: () => click('End this conversation').then(() => dialog(/^End this/)) },
    {
      what: 'problems',
      go: async () => {
        await page.goto('/sessions/dead-letters')
        await page.locator('.tl-letter summary').first().click()
      },
    },
    { what: 'the channels', go: () => page.goto('/channels').then(() => heading('Links')) },
    { what: 'a new link', go: () => click('Connect a network').then(() => page.getByLabel('Host').waitFor()) },
    {
      what: 'a new channel',
      go: () =>
        page
          .goto('/channels')
          .then(() => click('Add channel'))
          .then(() => page.getByRole('dialog').waitFor()),
    },
    {
      what: 'a test message',
      go: () =>
        page
          .goto('/channels')
          .then(() => click('Send a test'))
          .then(() => page.getByRole('dialog').waitFor()),
    },
    { what: 'the settings', go: () => page.goto('/settings').then(() => page.getByText('ben@example.com').waitFor()) },
    { what: 'an invitation', go: () => click('Invite').then(() => dialog('Invite somebody')) },
    {
      what: 'a new key',
      go: () =>
        page
          .goto('/settings')
          .then(() => click(/key/i))
          .then(() => page.getByRole('dialog').waitFor()),
    },
  ]

  test.each(places)('$what', async ({ go }) => {
    await go()
    expect(await barriers(page)).toEqual([])
  })

  test('the doors', async () => {
    const stranger = await app.newStranger()
    const invited = await app.api('/api/v1/users', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Eve', email: 'eve@example.com', role: 'viewer' }),
    })
    const { invitation } = (await invited.json()) as { invitation: { link: string } }
    for (const path of ['/sign-in', '/set-up', invitation.link]) {
      await stranger.goto(path)
      await stranger.getByRole('heading', { level: 1 }).waitFor()
      expect(await barriers(stranger), path).toEqual([])
    }
    await stranger.context().close()
  })
})
