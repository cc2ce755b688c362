import type { OpenAPIHono } from '@hono/zod-openapi'
import { formatPath, misfits } from '@textloom/core'
import type { Context, Env } from 'hono'
import { routePath } from 'hono/route'
import * as z from 'zod'
import { Problem } from './problem.ts'

/** One thing that is wrong with a request. */
export interface RequestIssue {
  readonly in: 'body' | 'query' | 'path' | 'header'
  readonly path: string
  readonly message: string
}

const places = {
  json: 'body',
  form: 'body',
  query: 'query',
  param: 'path',
  header: 'header',
  cookie: 'header',
} as const

type Found =
  | { readonly success: true; readonly target: keyof typeof places }
  | {
      readonly success: false
      readonly target: keyof typeof places
      readonly error: z.ZodError
      readonly data?: unknown
    }

/**
 * What to do with what each route's schemas found: one problem that names every field. `app` is asked for the schema
 * again, so that the words are those that flows and settings are checked with.
 */
export function sayWhatIsWrong<E extends Env>(app: () => OpenAPIHono<E>) {
  return (found: Found, c: Context): undefined => {
    if (found.success) return undefined
    const place = places[found.target]
    const schema = schemaOf(app(), c, found.target)
    const issues: RequestIssue[] = (schema === undefined ? [] : misfits(schema, found.data)).map(({ path, says }) => {
      const name = formatPath(path.map((key) => (typeof key === 'number' ? key : String(key))))
      return {
        in: place,
        path: name,
        message: `${name === '' ? `The ${place}` : name} ${says}${/[.?]$/.test(says) ? '' : '.'}`,
      }
    })
    const detail = issues.map(({ message }) => message).join(' ') || `The ${place} does not fit.`
    throw new Problem('request/invalid', detail, { issues })
  }
}

function schemaOf<E extends Env>(app: OpenAPIHono<E>, c: Context, target: keyof typeof places): z.ZodType | undefined {
  const path = routePath(c).replaceAll(/:([^/]+)/g, '{$1}')
  const route = app.openAPIRegistry.definitions.find(
    (one) => one.type === 'route' && one.route.method === c.req.method.toLowerCase() && one.route.path === path,
  )
  if (route?.type !== 'route') return undefined
  const { request } = route.route
  const content = request?.body?.content['application/json']
  const found = {
    json: content && 'schema' in content ? content.schema : undefined,
    form: undefined,
    query: request?.query,
    param: request?.params,
    header: request?.headers,
    cookie: request?.cookies,
  }[target]
  return found instanceof z.ZodType ? found : undefined
}
