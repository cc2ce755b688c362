import { readFile } from 'node:fs/promises'
import { formatFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromium, describeWith } from '../peers.ts'
import { exampleFlow, menuFlow } from './example-flows.ts'
import { FlowPage } from './pages/flow-page.ts'
import { complaints, openTextloom, type TextloomApp } from './textloom-app.ts'

describeWith([chromium], 'the list of flows', () => {
  let app: TextloomApp
  let page: Page

  beforeAll(async () => {
    app = await openTextloom()
    page = await app.newPage()
  })
  afterAll(async () => {
    expect(complaints.get(page) ?? []).toEqual([])
    await app?.close()
  })

  /** Drops a file on the list, as from a folder of the desktop. */
  async function dropFile(name: string, text: string): Promise<void> {
    // As text: the names in it are the browser's.
    const files = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'application/json' }))
      return transfer
    })()`)
    await page.locator('.tl-flows').dispatchEvent('drop', { dataTransfer: files })
  }

  test('a file that is dropped is exported as it was, byte for byte', async () => {
    const text = formatFlow(exampleFlow('help-menu', 'dropped-file'), registry)
    await page.goto('/flows')
    await page.getByRole('heading', { name: 'Flows' }).waitFor()
    await dropFile('dropped-file.json', text)
    await page.getByText('dropped-file.json is in the list.').waitFor()
    const row = page.locator('.tl-flow-row', { has: page.locator('a[href$="/flows/dropped-file"]') })
    await row.getByRole('button', { name: /^More for/ }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export as a file' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('dropped-file.json')
    expect(await readFile(await file.path(), 'utf8')).toBe(text)
  })

  test('a file that is no flow is refused with a reason', async () => {
    await page.goto('/flows')
    await page.getByRole('heading', { name: 'Flows' }).waitFor()
    await dropFile('notes.json', '{"format":"textloom/flow@1"}')
    await page.getByRole('alert').filter({ hasText: 'That did not work' }).waitFor()
    const notes = complaints.get(page) ?? []
    expect(notes.splice(0)).toEqual([expect.stringContaining('422')])
  })

  test('a page that was open while Textloom was updated loads the new app when it needs a part of it', async () => {
    await app.store(menuFlow('updated'))
    const flow = await new FlowPage(page).open('updated')
    const context = page.context()
    await context.route(/\/assets\/PublishDrawer-.*\.js$/, (route) => route.fulfill({ status: 404 }))
    await context.route(`${app.url}/`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-newer.js"></script>' }),
    )
    await flow.card('open').focus()
    await flow.press('Delete')
    const reloaded = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Publish' }).click()
    await reloaded
    await context.unroute(/\/assets\/PublishDrawer-.*\.js$/)
    await context.unroute(`${app.url}/`)
    await page.locator('.tl-canvas[data-fitted]').waitFor()
    await flow.saved()
    expect((await app.stored('updated')).nodes.map(({ id }) => id)).toEqual(['start', 'menu', 'place', 'end'])
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('dialog', { name: 'Publish' }).waitFor()
    complaints.delete(page)
  })

  test('a part that cannot be loaded is told in words, with a way to try again', async () => {
    await page.goto('/flows')
    await page.getByRole('heading', { name: 'Flows' }).waitFor()
    const context = page.context()
    await context.route(/\/assets\/ChannelsPage-.*\.js$/, (route) => route.abort())
    await page.getByRole('link', { name: 'Channels' }).click()
    await page.getByRole('alert').filter({ hasText: 'A part of the app could not be loaded.' }).waitFor()
    await context.unroute(/\/assets\/ChannelsPage-.*\.js$/)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Channels', exact: true }).waitFor()
    complaints.delete(page)
  })
})
