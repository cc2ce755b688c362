import type { MiddlewareHandler } from 'hono'
import { secureHeaders as headers } from 'hono/secure-headers'
import type { ApiEnv } from './env.ts'

const common = headers({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // The app's components set style attributes; styles cannot run anything.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    objectSrc: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  // Whether there is TLS in front is not ours to say.
  strictTransportSecurity: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
})

/** No framing, no foreign scripts, no sniffing, no referrers; answers of the API are never kept. */
export const secureHeaders: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await common(c, async () => {
    await next()
    if (c.req.path.startsWith('/api/')) c.header('cache-control', 'no-store')
  })
}
