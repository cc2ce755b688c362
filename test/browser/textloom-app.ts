import type { FlowDocument } from '@textloom/core'
import { engineOf, type RunningRuntime, runNode, storageOn, textloom } from '@textloom/runtime/testing/system'
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { chromium } from '../peers.ts'

const administrator = { email: 'ana@example.com', password: 'quiet-loom-4-threads' }
const apiKey = 'key-of-the-browser-tests-0123456789'

/** A runtime with the built app, and a browser to look at it. */
export interface TextloomApp {
  readonly url: string
  /** Asks the API with a key that may do everything. */
  api(path: string, init?: RequestInit): Promise<Response>
  /** Stores a flow; answers its id. */
  store(flow: FlowDocument): Promise<string>
  /** The flow as the runtime has it. */
  stored(flowId: string): Promise<FlowDocument>
  /** A page of somebody who is signed in, in a browser profile of its own unless one is given. */
  newPage(options?: { context?: BrowserContext; width?: number; height?: number }): Promise<Page>
  close(): Promise<void>
}

/** Starts both. What the app complains about to its console fails the test that looks at `complaints`. */
export async function openTextloom(): Promise<TextloomApp> {
  const storage = await storageOn(engineOf('pglite'))
  const process = runNode([textloom, 'start'], {
    ...storage.env,
    PORT: '0',
    TEXTLOOM_API_KEY: apiKey,
    TEXTLOOM_ADMIN_EMAIL: administrator.email,
    TEXTLOOM_ADMIN_PASSWORD: administrator.password,
  })
  const [, url = ''] = await process.line(/Textloom is ready on (\S+)/)
  const browser = await launch()
  const api: RunningRuntime['api'] = (path, init = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${apiKey}`, ...init.headers } })
  return {
    url,
    api,
    async store(flow) {
      const headers = { 'content-type': 'application/json' }
      const response = await api('/api/v1/flows', { method: 'POST', headers, body: JSON.stringify(flow) })
      expect(response.status, await response.clone().text()).toBe(201)
      return flow.id
    },
    async stored(flowId) {
      return (await api(`/api/v1/flows/${flowId}`)).json() as Promise<FlowDocument>
    },
    async newPage({ context, width = 1440, height = 900 } = {}) {
      const profile = context ?? (await signedIn(browser, url))
      const page = await profile.newPage()
      await page.setViewportSize({ width, height })
      page.on('pageerror', (error) => complain(page, String(error)))
      page.on('console', (message) => message.type() === 'error' && complain(page, message.text()))
      return page
    },
    async close() {
      await browser.close()
      process.signal('SIGTERM')
      await process.ended
      await storage.remove()
    },
  }
}

/** What the console of a page has said that it should not. */
export const complaints = new WeakMap<Page, string[]>()

function complain(page: Page, sentence: string): void {
  complaints.set(page, [...(complaints.get(page) ?? []), sentence])
}

function launch(): Promise<Browser> {
  if (chromium.path === undefined) throw new Error('Chromium is not installed.')
  return driver.launch({ executablePath: chromium.path, args: ['--no-sandbox'] })
}

async function signedIn(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url })
  const response = await context.request.post(`${url}/api/v1/sign-in`, {
    data: administrator,
    headers: { origin: url },
  })
  expect(response.status(), await response.text()).toBe(200)
  return context
}
