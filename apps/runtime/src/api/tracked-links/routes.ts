import { html } from 'hono/html'
import { resource } from '../http/route.ts'
import { page } from '../pages/frame.ts'
import type { ApiServices } from '../services.ts'
import { isRobot } from './robots.ts'

/** `/l/{token}`: short addresses of texts, which lead on. */
export function trackedLinks({ services }: Pick<ApiServices, 'services'>) {
  return resource().get('/:token', async (c) => {
    const token = c.req.param('token')
    const who = c.req.method === 'HEAD' || isRobot((name) => c.req.header(name)) ? 'robot' : 'person'
    const url = /^[A-Za-z0-9]{4,40}$/.test(token) ? await services.openLink(token, who) : undefined
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    c.header('x-robots-tag', 'noindex')
    if (url === undefined) return c.html(nowhere, 404)
    // A Location is ASCII; what else stands in an address is written as its octets.
    return c.body(null, 302, { location: encodeURI(url).replaceAll('%25', '%') })
  })
}

const nowhere = page(
  'This link leads nowhere',
  html`<main><h1>This link leads nowhere</h1>
<p>It may have been cut off on its way: look whether the message has more of it. If it has not, answer the message and ask for the link again.</p></main>`,
)
