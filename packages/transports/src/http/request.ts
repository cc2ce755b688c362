import type { OutboundMt } from '@textloom/core'
import type { HttpSettings } from './settings.ts'
import { type Filled, fill, fillText } from './template.ts'
import { valuesOf } from './values.ts'

/** A request to the provider. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Writes the request for an MT: every value escaped for the place where it stands. */
export function requestFor(mt: OutboundMt, settings: HttpSettings, callbackUrl: string | undefined): OutgoingRequest {
  const values = valuesOf(mt, settings, callbackUrl)
  const { method } = settings
  const bodyFormat = method === 'GET' ? 'query' : settings.bodyFormat
  const fields = fill(settings.body, values) as { readonly [name: string]: Filled }
  const url = new URL(fillText(settings.url, values, encodeURIComponent) ?? settings.url)
  if (bodyFormat === 'query') for (const [name, value] of pairs(fields)) url.searchParams.append(name, value)
  const body = bodyFormat === 'json' ? JSON.stringify(fields) : new URLSearchParams([...pairs(fields)]).toString()
  const hasBody = bodyFormat !== 'query'
  const extra = Object.entries(settings.headers).flatMap(([name, template]): [string, string][] => {
    const value = fillText(template, values)
    return value === undefined ? [] : [[name.toLowerCase(), value]]
  })
  return {
    method,
    url: url.href,
    headers: {
      accept: 'application/json, */*;q=0.5',
      'user-agent': 'Textloom',
      ...(hasBody && { 'content-type': contentTypes[bodyFormat] }),
      ...credentials(settings),
      ...Object.fromEntries(extra),
    },
    ...(hasBody && { body }),
  }
}

const contentTypes = { json: 'application/json', form: 'application/x-www-form-urlencoded', query: '' } as const

function credentials({ auth, authHeader, account, password }: HttpSettings): Record<string, string> {
  switch (auth) {
    case 'basic':
      return { authorization: `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}` }
    case 'bearer':
      return { authorization: `Bearer ${password}` }
    case 'header':
      return { [authHeader.toLowerCase()]: password }
    case 'none':
      return {}
  }
}

/** Fields as forms and queries have them: lists as repeated fields, what is deeper as JSON. */
function* pairs(fields: { readonly [name: string]: Filled }): Iterable<[string, string]> {
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null) yield [name, typeof one === 'object' ? JSON.stringify(one) : String(one)]
    }
  }
}
