import { readFileSync } from 'node:fs'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { referencePage } from '../docs/reference-page.ts'
import type { ApiEnv } from '../http/env.ts'
import { openApiDocument } from '../openapi.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { appFiles, isAppIn } from './app-files.ts'
import type { Markup } from './frame.ts'
import { homePage } from './home.ts'

const styleSheet = readFileSync(new URL('./page.css', import.meta.url), 'utf8')
const icon = readFileSync(new URL('./favicon.svg', import.meta.url), 'utf8')

/** Everything that is looked at rather than called: `/docs`, and the app or what stands in its place. */
export function pages(
  described: OpenAPIHono<ApiEnv>,
  { health }: Pick<ApiServices, 'health'>,
  { appFolder }: Pick<ApiSettings, 'appFolder'>,
): Hono<ApiEnv> {
  let reference: Markup | undefined
  const app = new Hono<ApiEnv>()
    .get('/docs', (c) => {
      reference ??= referencePage(openApiDocument(described))
      return c.html(reference)
    })
    .get('/docs/page.css', (c) => c.body(styleSheet, 200, { 'content-type': 'text/css; charset=utf-8' }))
    // Not through `doc31`, which would answer its own failure as a 500 without a log line.
    .get('/openapi.json', (c) => c.json(openApiDocument(described)))
  if (isAppIn(appFolder)) return app.route('/', appFiles(appFolder))
  return app
    .get('/favicon.svg', (c) => c.body(icon, 200, { 'content-type': 'image/svg+xml' }))
    .get('/', (c) => {
      const reasons = health.reasons()
      return c.html(homePage({ isReady: reasons.length === 0, reasons }))
    })
}
