import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApiDocument } from '../openapi.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

const browser = { accept: 'text/html,application/xhtml+xml' }

describe('the pages of the runtime', () => {
  let api: TestInstance
  beforeAll(async () => {
    api = await testInstance()
  })
  afterAll(() => api.stop())

  test('describe every operation, its scope and its problems', async () => {
    const { status, text, headers } = await api.ask('GET', '//docs', { key: null })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/html')
    const paths = Object.entries(openApiDocument(api.app as never).paths ?? {})
    expect(paths.length).toBeGreaterThan(20)
    for (const [path, operations] of paths) {
      expect(text).toContain(`<code class="path">${path}</code>`)
      for (const { summary } of Object.values(operations) as { summary: string }[]) {
        expect(summary, path).toEqual(expect.any(String))
        expect(text).toContain(summary.replaceAll("'", '&#39;'))
      }
    }
    expect(text).toContain('<code>flows:write</code>')
    expect(text).toContain('<code>idempotency/mismatch</code>')
  })

  test('fetch nothing from elsewhere and run no scripts', async () => {
    for (const path of ['//docs', '//']) {
      const { text } = await api.ask('GET', path, { key: null })
      expect(text).not.toMatch(/<script|\son\w+=|style="/)
      const fetched = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)
      expect(fetched.filter((address) => !/^(?:\/|#)/.test(address ?? ''))).toEqual([])
    }
    const style = await api.ask('GET', '//docs/page.css', { key: null })
    expect(style.headers.get('content-type')).toContain('text/css')
    expect(style.text).not.toMatch(/url\(|@import/)
    expect((await api.ask('GET', '//favicon.svg', { key: null })).headers.get('content-type')).toContain(
      'image/svg+xml',
    )
  })

  test('link to anchors that exist', async () => {
    const { text } = await api.ask('GET', '//docs', { key: null })
    const anchors = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(links.filter((id) => !anchors.has(id))).toEqual([])
  })

  test('say at / how it stands while there is no app', async () => {
    expect((await api.ask('GET', '//', { key: null })).text).toContain('ready for messages')
    api.kit.health.report('disk', new Error('<b>full</b>'))
    const { text } = await api.ask('GET', '//', { key: null })
    expect(text).toContain('disk: &lt;b&gt;full&lt;/b&gt;')
    expect((await api.ask('GET', '//readyz', { key: null })).json).toMatchObject({
      status: 'not-ready',
      reasons: ['disk: <b>full</b>'],
    })
    api.kit.health.report('disk')
    expect((await api.ask('GET', '//readyz', { key: null })).json).toMatchObject({ status: 'ready', reasons: [] })
  })

  test('have schemas of flows, of the instance and of each kind of link', async () => {
    for (const path of ['flow.json', 'config.json', 'links/smpp', 'links/loopback.json']) {
      const { json } = await api.ask('GET', `//schemas/${path}`, { key: null })
      expect(json, path).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
    }
    expect((await api.ask('GET', '//schemas/links/smp', { key: null })).status).toBe(404)
  })
})

describe('the built app', () => {
  let api: TestInstance
  beforeAll(async () => {
    const appFolder = await mkdtemp(join(tmpdir(), 'textloom-app-'))
    await mkdir(join(appFolder, 'assets'))
    await writeFile(join(appFolder, 'index.html'), '<!doctype html><title>The app</title>')
    await writeFile(join(appFolder, 'assets/index-abc.js'), 'export {}')
    await writeFile(join(appFolder, 'favicon.svg'), '<svg/>')
    api = await testInstance({ settings: { appFolder } })
  })
  afterAll(() => api.stop())

  const get = (path: string, headers: object = browser) =>
    api.ask('GET', `/${path}`, { key: null, headers: { ...headers } })

  test.each(['/', '/flows', '/flows/one'])('is served at %s', async (path) => {
    const answer = await get(path)
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('The app') })
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  test('has files that can be kept for ever', async () => {
    const { headers, text } = await get('/assets/index-abc.js', {})
    expect(text).toBe('export {}')
    expect(headers.get('content-type')).toContain('javascript')
    expect(headers.get('cache-control')).toContain('immutable')
  })

  test.each([
    '/assets/none.js',
    '/nothing.txt',
    '/docs/none',
    '/schemas/none',
    '/assets/../../package.json',
    '/..%2f..%2fpackage.json',
    '/in/x',
  ])('is not what answers %s', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain('The app')
  })

  test('stands in nobody’s way: programs get problems, and doors stay closed', async () => {
    expect((await get('/flows', { accept: 'application/json' })).json).toMatchObject({ code: 'request/not-found' })
    expect((await get('/api/v1/nothing')).status).toBe(401)
    expect((await get('/docs')).text).toContain('The HTTP API')
  })
})
