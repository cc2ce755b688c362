import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { Histogram, type Registry } from 'prom-client'
import type { Log } from '../../host/log.ts'
import type { ApiEnv } from './env.ts'

const QUIET = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * One log line and one observation for each request: the route's pattern, never the address, in which phone numbers
 * may stand.
 */
export function recordRequests(log: Log, metrics: Registry): MiddlewareHandler<ApiEnv> {
  const seconds = new Histogram({
    name: 'textloom_http_request_duration_seconds',
    help: 'Time to answer HTTP requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [metrics],
  })
  return async (c, next) => {
    const startedAtMs = performance.now()
    await next()
    const ms = performance.now() - startedAtMs
    const route = routePath(c, -1)
    const { method } = c.req
    const { status } = c.res
    seconds.observe({ method, route, status: String(status) }, ms / 1000)
    const level = QUIET.has(c.req.path) && status < 400 ? 'debug' : 'info'
    log(level, 'request', { request: c.get('requestId'), method, route, status, ms: Math.round(ms * 10) / 10 })
  }
}
