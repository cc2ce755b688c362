import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FlowDocument } from '@textloom/core'
import { quickStorage, type RunningRuntime, runNode, textloom } from '@textloom/runtime/testing/system'
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { chromium } from '../peers.ts'

/** The administrator of every instance of these tests that has one. */
export const administrator = { email: 'ana@example.com', password: 'quiet-loom-4-threads' }
const apiKey = 'key-of-the-browser-tests-0123456789'

/** What an instance begins with. */
export interface TextloomOptions {
  /** What its configuration file declares (CONTRACT §2); a first start makes a channel of its own without one. */
  readonly config?: object
  /** Files beside it, by their names. */
  readonly files?: { readonly [name: string]: string }
  /** True for one that nobody can sign in to yet. */
  readonly isNew?: boolean
}

/** A runtime with the built app, and a browser to look at it. */
export interface TextloomApp {
  readonly url: string
  /** What it printed while it started. */
  readonly said: readonly string[]
  /** Asks the API with a key that may do everything. */
  api(path: string, init?: RequestInit): Promise<Response>
  /** Stores a flow; answers its id. */
  store(flow: FlowDocument): Promise<string>
  /** The flow as the runtime has it. */
  stored(flowId: string): Promise<FlowDocument>
  /** A page of somebody who is signed in, in a browser profile of its own unless one is given. */
  newPage(options?: PageOptions): Promise<Page>
  /**
   * A page of the administrator in one profile for all of these pages: what was open there before is closed and
   * forgotten, the app's files are kept, so that tests which each want a fresh page need not wait for a new profile.
   */
  nextPage(options?: Pick<PageOptions, 'width' | 'height'>): Promise<Page>
  /** A page of a stranger. */
  newStranger(): Promise<Page>
  /** A page of somebody in that role, made for the occasion. */
  newPageOf(role: string): Promise<Page>
  close(): Promise<void>
}

interface PageOptions {
  readonly context?: BrowserContext
  readonly width?: number
  readonly height?: number
}

/** Starts both. What the app complains about to its console fails the test that looks at `complaints`. */
export async function openTextloom(options: TextloomOptions = {}): Promise<TextloomApp> {
  const storage = await quickStorage()
  const process = runNode([textloom, 'start'], {
    ...storage.env,
    PORT: '0',
    TEXTLOOM_API_KEY: apiKey,
    ...(!options.isNew && {
      TEXTLOOM_ADMIN_EMAIL: administrator.email,
      TEXTLOOM_ADMIN_PASSWORD: administrator.password,
    }),
    ...(await declared(options, storage.dataDir)),
  })
  const [, url = ''] = await process.line(/Textloom is ready on (\S+)/, 110_000).catch(async (error: unknown) => {
    // A start that took too long must not go on beside the tests that follow.
    await process.kill()
    await storage.remove()
    throw error
  })
  const browser = await launch()
  let profile: BrowserContext | undefined
  const api: RunningRuntime['api'] = (path, init = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${apiKey}`, ...init.headers } })
  const pageIn = async ({ context, width = 1440, height = 900 }: PageOptions & { context: BrowserContext }) => {
    const page = await context.newPage()
    await page.setViewportSize({ width, height })
    page.on('pageerror', (error) => complain(page, String(error)))
    page.on('console', (message) => message.type() === 'error' && complain(page, message.text()))
    return page
  }
  return {
    url,
    said: process.stdout,
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
    async newPage({ context, ...size } = {}) {
      return pageIn({ context: context ?? (await signedIn(browser, url, administrator)), ...size })
    },
    async nextPage(size = {}) {
      profile ??= await signedIn(browser, url, administrator)
      await Promise.all(profile.pages().map((before) => before.close()))
      const sweeper = await profile.newPage()
      await sweeper.goto('/healthz')
      await sweeper.evaluate('localStorage.clear()')
      await sweeper.close()
      return pageIn({ context: profile, ...size })
    },
    async newStranger() {
      return pageIn({ context: await newProfile(browser, url) })
    },
    async newPageOf(role) {
      const person = { email: `${role}@example.com`, password: `${role}-weaves-4-threads` }
      const post = (path: string, body: object) =>
        api(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      const invited = await post('/api/v1/users', { name: `The ${role}`, email: person.email, role })
      expect(invited.status, await invited.clone().text()).toBe(201)
      const { invitation } = (await invited.json()) as { invitation: { link: string } }
      const token = new URL(invitation.link).searchParams.get('token')
      expect((await post('/api/v1/set-up', { token, password: person.password })).status).toBe(200)
      return pageIn({ context: await signedIn(browser, url, person) })
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

/** The setting that names the configuration file, once it is written. */
async function declared({ config, files = {} }: TextloomOptions, dataDir: string): Promise<NodeJS.ProcessEnv> {
  if (config === undefined) return {}
  const folder = join(dataDir, 'declared')
  await mkdir(folder)
  const all = { ...files, 'instance.json': JSON.stringify(config) }
  await Promise.all(Object.entries(all).map(([name, text]) => writeFile(join(folder, name), text)))
  return { TEXTLOOM_CONFIG: join(folder, 'instance.json') }
}

async function newProfile(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url })
  return context
}

async function signedIn(browser: Browser, url: string, person: typeof administrator): Promise<BrowserContext> {
  const context = await newProfile(browser, url)
  const response = await context.request.post(`${url}/api/v1/sign-in`, {
    data: person,
    headers: { origin: url },
  })
  expect(response.status(), await response.text()).toBe(200)
  return context
}
