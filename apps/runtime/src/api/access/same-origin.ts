import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from '../http/env.ts'
import { Problem } from '../http/problem.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site makes a browser send. Browsers say where a request comes from in `Sec-Fetch-Site` and
 * `Origin`; whoever sends neither is no browser, and has no cookie that it did not put there itself. A key in the
 * `Authorization` header is nothing that a browser adds by itself.
 */
export function sameOrigin({ publicUrl }: { readonly publicUrl?: string | undefined }): MiddlewareHandler<ApiEnv> {
  const own = publicUrl === undefined ? undefined : new URL(publicUrl).host
  return async (c, next) => {
    const isBrowserLike = !safe.has(c.req.method) && c.req.header('authorization') === undefined
    if (isBrowserLike && !isOwn(c.req.header('sec-fetch-site'), c.req.header('origin'), [own, c.req.header('host')])) {
      const detail = 'This was sent by another website and was not carried out. Open Textloom itself and try again.'
      throw new Problem('auth/foreign-site', detail)
    }
    await next()
  }
}

function isOwn(site: string | undefined, origin: string | undefined, hosts: readonly (string | undefined)[]): boolean {
  if (site !== undefined) return site === 'same-origin'
  if (origin === undefined) return true
  const host = URL.parse(origin)?.host
  return host !== undefined && host !== '' && hosts.includes(host)
}
