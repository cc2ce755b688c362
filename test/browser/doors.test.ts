import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { menuFlow } from './example-flows.ts'
import { Doors } from './pages/doors.ts'
import { FlowPage } from './pages/flow-page.ts'
import { administrator, complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'the doors', () => {
  let app: TextloomApp
  let page: Page

  beforeAll(async () => {
    app = await openTextloom({ isNew: true })
  })
  afterAll(() => app?.close())
  afterEach(async () => {
    // The browser itself notes each refusal, which is what some of these are about.
    const notes = (complaints.get(page) ?? []).filter((note) => !/status of 4(?:0[0139]|22)/.test(note))
    expect(notes).toEqual([])
    await page.context().close()
  })

  /** Asks the API as the page does. */
  const asked = async (method: string, path: string, data?: object) => {
    const headers = { origin: app.url }
    return (await page.context().request.fetch(path, { method, headers, ...(data && { data }) })).status()
  }

  test('the link that was printed makes the administrator, and works once', async () => {
    const link = app.said.flatMap((line) => /^Set up your account: (\S+)$/.exec(line)?.[1] ?? [])[0] ?? ''
    page = await app.newStranger()
    const doors = new Doors(page)
    await page.goto(link)
    await doors.send({ 'Your name': 'Ana', 'E-mail address': administrator.email, Password: 'short' }, 'Begin')
    await expect.poll(() => doors.refusal.textContent()).toMatch(/10 characters/)
    await doors.send({ Password: administrator.password }, 'Begin')
    await page.getByRole('heading', { name: 'Flows' }).waitFor()

    await page.goto(link)
    await expect.poll(() => doors.title.textContent()).toBe('This link is used up')
  })

  test('a page leads to the sign-in and, after it, back to the page; a wrong password is refused', async () => {
    page = await app.newStranger()
    const doors = new Doors(page)
    await page.goto('/sessions?state=ended')
    await expect.poll(() => doors.title.textContent()).toBe('Welcome back')
    await doors.signIn(administrator.email, 'not-the-password-4')
    await expect.poll(() => doors.refusal.textContent()).toMatch(/password/i)
    expect(await asked('GET', '/api/v1/sessions')).toBe(401)
    await doors.signIn(administrator.email, administrator.password)
    await page.getByRole('heading', { name: 'Sessions' }).waitFor()
    expect(new URL(page.url()).search).toBe('?state=ended')
  })

  test('signing out ends the session for good', async () => {
    page = await app.newPage()
    const [cookie] = await page.context().cookies()
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor()
    await page.context().addCookies(cookie ? [cookie] : [])
    expect(await asked('GET', '/api/v1/flows')).toBe(401)
    await page.goto('/flows')
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor()
  })

  test('somebody who is invited chooses a password and is signed in as what they were invited for', async () => {
    page = await app.newPage()
    await page.goto('/settings')
    await page.getByRole('button', { name: 'Invite' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
    await dialog.getByLabel('Name').fill('Ben')
    await dialog.getByLabel('E-mail address').fill('ben@example.com')
    await dialog.getByRole('radio', { name: 'Viewer' }).check()
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    const link = await page.getByRole('dialog', { name: 'Ben is invited' }).locator('code').textContent()

    const guest = await app.newStranger()
    await guest.goto(link ?? '')
    await guest.getByRole('heading', { name: 'Welcome, Ben' }).waitFor()
    await new Doors(guest).send({ Password: 'a-password-of-bens-own' }, 'Save and sign in')
    await guest.getByRole('heading', { name: 'Flows' }).waitFor()
    expect(await guest.getByRole('button', { name: 'New flow' }).count()).toBe(0)
    await guest.context().close()
  })

  describe('roles', () => {
    test('a viewer looks at a flow and tries it, and can change nothing', async () => {
      await app.store(menuFlow('looked-at'))
      page = await app.newPageOf('viewer')
      await page.goto('/flows')
      await page.getByRole('link', { name: 'Help changed' }).waitFor()
      for (const name of ['New flow', 'Import']) expect(await page.getByRole('button', { name }).count()).toBe(0)

      const flow = await new FlowPage(page).open('looked-at')
      await page.locator('.tl-save[data-state="read-only"]').waitFor()
      expect(await page.locator('.tl-palette').count()).toBe(0)
      for (const name of [/undo/i, 'Publish']) expect(await page.getByRole('button', { name }).count()).toBe(0)
      await flow.card('open').click()
      const text = page.locator('.tl-inspector .cm-content')
      await text.waitFor()
      expect(await text.getAttribute('contenteditable')).toBe('false')
      expect(await page.locator('.tl-inspector :is(input, button, select):enabled').count()).toBe(1)
      await flow.press('Delete', 'Control+d', 'a')
      expect(await flow.cards.count()).toBe(5)
      await flow.drag(flow.card('open'), 100, 60)
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByRole('button', { name: 'HELLO', exact: true }).click()
      await page.getByText('What can we do?').last().waitFor()

      expect((await app.stored('looked-at')).nodes).toEqual(menuFlow('looked-at').nodes)
      const { nodes: _, ...empty } = menuFlow('looked-at')
      expect(await asked('PUT', '/api/v1/flows/looked-at', { ...empty, nodes: [] })).toBe(403)
      expect(await asked('POST', '/api/v1/flows/looked-at/publish', { channels: [] })).toBe(403)
    })

    test('an editor draws and publishes, and cannot manage people, keys or links', async () => {
      await app.store(menuFlow('edited'))
      page = await app.newPageOf('editor')
      const flow = await new FlowPage(page).open('edited')
      await flow.card('open').focus()
      await flow.press('Delete')
      await flow.saved()
      expect((await app.stored('edited')).nodes).toHaveLength(4)
      expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(1)

      await page.goto('/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      expect(await page.getByRole('heading', { name: /^(People|Keys|API keys)$/ }).count()).toBe(0)
      await page.goto('/channels')
      await page.getByRole('heading', { name: 'Links' }).waitFor()
      expect(await page.getByRole('button', { name: /Connect a network|Add channel|More for/ }).count()).toBe(0)

      const body = { name: 'Mallory', email: 'mallory@example.com', role: 'administrator' }
      expect(await asked('POST', '/api/v1/users', body)).toBe(403)
      expect(await asked('GET', '/api/v1/users')).toBe(403)
      expect(await asked('POST', '/api/v1/keys', { name: 'mine', scopes: ['*'] })).toBe(403)
      expect(await asked('POST', '/api/v1/links', { id: 'mine', kind: 'loopback' })).toBe(403)
    })

    test.each([
      { path: '/flows', heading: 'Flows' },
      { path: '/phone', heading: 'Texting is not part of your role' },
      { path: '/sessions', heading: 'Sessions' },
      { path: '/channels', heading: 'Channels' },
      { path: '/settings', heading: 'Settings' },
    ])('an agent finds $path whole, with what is theirs', async ({ path, heading }) => {
      page = await agentPage()
      await page.goto(path)
      await page.getByRole('heading', { name: heading, exact: true }).waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.getByRole('alert').count()).toBe(0)
      expect(complaints.get(page) ?? []).toEqual([])
    })

    let agent: Page | undefined
    async function agentPage(): Promise<Page> {
      agent ??= await app.newPageOf('agent')
      return app.newPage({ context: await copyOf(agent) })
    }

    /** A profile with the same cookies, to be closed when its test is over. */
    async function copyOf(of: Page) {
      const stranger = await app.newStranger()
      const context = stranger.context()
      await context.addCookies(await of.context().cookies())
      return context
    }
  })
})
