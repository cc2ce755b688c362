import { HttpLink, type InboundAnswer, type InboundRefusal } from '@textloom/transports'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { findLink } from '../../catalogue/links.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { Problem } from '../http/problem.ts'
import { resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'

const MOST_OCTETS = 1_000_000
const RETRY_AFTER_S = 10

/** `/in/{linkId}`: what providers bring to HTTP links. Each link says how its provider proves itself. */
export function inbound({ sql, links }: Pick<ApiServices, 'sql' | 'links'>) {
  const db = drizzleOver(sql)

  async function linkOf(id: string): Promise<HttpLink> {
    const link = links.link(id)
    if (link instanceof HttpLink) return link
    const known = link === undefined ? await findLink(db, id) : undefined
    if (known?.kind !== 'http') throw new Problem('links/not-found', 'There is no link that takes anything here.')
    throw unavailable('The link is not in service here. Send it again.')
  }

  const limit = bodyLimit({
    maxSize: MOST_OCTETS,
    onError: () => {
      throw new Problem('request/too-large', `A body may have at most ${MOST_OCTETS / 1_000_000} MB here.`)
    },
  })

  return resource().on(['GET', 'POST'], '/:id', limit, async (c) => {
    // A HEAD is routed as GET, and must change nothing.
    if (c.req.method === 'HEAD') return c.body(null, 204)
    const link = await linkOf(c.req.param('id'))
    const { method, url } = c.req
    const body = new Uint8Array(await c.req.arrayBuffer())
    return answer(c, await link.receive({ method, url, headers: c.req.header(), body }))
  })
}

function answer(c: Context, answered: InboundAnswer | InboundRefusal): Response {
  switch (answered.kind) {
    case 'stored':
      return c.body(answered.body, 200, { 'content-type': answered.contentType, 'cache-control': 'no-store' })
    case 'unproven':
      throw new Problem('in/unproven', answered.detail, {}, { 'www-authenticate': 'Bearer realm="textloom"' })
    case 'unreadable':
      throw new Problem('in/unreadable', answered.detail)
    case 'unavailable':
      throw unavailable(answered.detail)
  }
}

function unavailable(detail: string): Problem {
  return new Problem('service/unavailable', detail, {}, { 'retry-after': String(RETRY_AFTER_S) })
}
