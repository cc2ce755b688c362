import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { longFlow } from './flows.ts'
import { FlowPage } from './pages/flow-page.ts'
import { administrator, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'saving', () => {
  let app: TextloomApp

  beforeAll(async () => {
    app = await openTextloom()
  })
  afterAll(() => app?.close())

  /** Two tabs of one person, both with the same flow open. */
  async function twoTabs(id: string): Promise<readonly [FlowPage, FlowPage]> {
    await app.store(longFlow(id, 2))
    const first = await app.newPage()
    const second = await app.newPage({ context: first.context() })
    const tabs = [first, second].map((page: Page) => new FlowPage(page).open(id))
    const [one, other] = await Promise.all(tabs)
    if (!one || !other) throw new Error('Two tabs.')
    return [one, other]
  }

  const texts = async (id: string) => (await app.stored(id)).nodes.map((node) => node.id)
  const remove = async (tab: FlowPage, id: string) => {
    await tab.page.bringToFront()
    await tab.card(id).focus()
    await tab.press('Delete')
  }

  test('two tabs do not overwrite each other: the second is told in words what differs', async () => {
    const [first, second] = await twoTabs('conflict')
    await remove(first, 'm0')
    await first.saved()
    await remove(second, 'm1')
    const dialog = second.page.getByRole('dialog', { name: /changed somewhere else/ })
    await dialog.waitFor()
    expect(await dialog.locator('section').allInnerTexts()).toEqual([
      'Their changes\nRemoved Message “Message 0”',
      'Your changes\nRemoved Message “Message 1”',
    ])
    expect(await texts('conflict')).toEqual(['start', 'm1', 'end'])

    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await second.saved()
    expect(await texts('conflict')).toEqual(['start', 'm0', 'end'])
    await first.page.context().close()
  })

  test('or takes what the other tab saved', async () => {
    const [first, second] = await twoTabs('theirs')
    await remove(first, 'm0')
    await first.saved()
    await remove(second, 'm1')
    await second.page.getByRole('button', { name: 'Take theirs' }).click()
    await second.saved()
    await expect.poll(() => second.card('m1').count()).toBe(1)
    expect(await second.card('m0').count()).toBe(0)
    expect(await texts('theirs')).toEqual(['start', 'm1', 'end'])
    await first.page.context().close()
  })

  test('a session that ended leads to the door and back, and what was drawn meanwhile is saved', async () => {
    await app.store(longFlow('signed-out', 2))
    const page = await app.newPage()
    const tab = await new FlowPage(page).open('signed-out')
    await page.context().clearCookies()
    await remove(tab, 'm0')
    await page.getByLabel('E-mail address').fill(administrator.email)
    await page.getByRole('textbox', { name: 'Password' }).fill(administrator.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('They are here again').waitFor()
    await tab.saved()
    expect(new URL(page.url()).pathname).toBe('/flows/signed-out')
    expect(await texts('signed-out')).toEqual(['start', 'm1', 'end'])
    await page.context().close()
  })

  test('without a connection the draft is kept, for the next page too, and saved when it is back', async () => {
    await app.store(longFlow('offline', 2))
    const page = await app.newPage()
    const context = page.context()
    const tab = await new FlowPage(page).open('offline')
    // Not by the browser's own switch: what a page sends while it closes may come after the switch is back.
    await page.evaluate('globalThis.fetch = () => Promise.reject(new TypeError("no connection"))')
    await remove(tab, 'm0')
    await page.locator('.tl-save[data-state="offline"]').waitFor()
    await page.close()
    expect(await texts('offline')).toEqual(['start', 'm0', 'm1', 'end'])

    const next = await app.newPage({ context })
    const later = await new FlowPage(next).open('offline')
    await next.getByText('They are here again').waitFor()
    await later.saved()
    expect(await texts('offline')).toEqual(['start', 'm1', 'end'])
    await context.close()
  })
})
