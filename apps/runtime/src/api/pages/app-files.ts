import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import type { ApiEnv } from '../http/env.ts'

/** True where the app was built into this folder. */
export function isAppIn(folder: string | undefined): folder is string {
  return folder !== undefined && existsSync(join(folder, 'index.html'))
}

/** The files of the built app. */
export function appFiles(root: string): Hono<ApiEnv> {
  const files = serveStatic<ApiEnv>({ root })
  return (
    new Hono<ApiEnv>()
      // Their names change with their content.
      .get('/assets/*', compress(), kept('public, max-age=31536000, immutable'), files)
      .get('/favicon.svg', files)
      .get('/', (c) => appPage(root, c))
  )
}

/** True for an address of the app, which finds the page itself; whoever does not want a page has mistaken the path. */
export function wantsAppPage(c: Context<ApiEnv>): boolean {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const isPage = (c.req.header('accept') ?? '').includes('text/html') && !/\.\w+$/.test(c.req.path)
  return isRead && isPage && !/^\/(?:api|schemas|docs|assets|in|l)(?:\/|$)/.test(c.req.path)
}

/** The page of the app, the same for all its addresses. */
export async function appPage(root: string, c: Context<ApiEnv>): Promise<Response> {
  const page = await serveStatic<ApiEnv>({ root, path: 'index.html' })(c, async () => {})
  page?.headers.set('cache-control', 'no-cache')
  return page ?? c.text('The app is being built.', 503)
}

function kept(how: string): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    await next()
    if (c.res.ok) c.header('cache-control', how)
  }
}
