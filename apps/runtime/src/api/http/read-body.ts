import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { storableJson } from '../../host/border.ts'
import type { ApiEnv } from './env.ts'
import { isTooDeep, maxBodyDepth } from './json-depth.ts'
import { Problem } from './problem.ts'

/** Flow documents may have 5 MB; larger ones are still told what else is wrong with them. */
const DOCUMENT_OCTETS = 10_500_000
const BODY_OCTETS = 1_000_000

/** The bodies that are flow documents: `parseFlow` reads them, so that it can say all that is wrong at once. */
const documentPath = /^\/api\/v1\/flows(?:\/[^/]+)?$/

/** Files, which their route reads itself and may be larger. */
const uploadPath = '/api/v1/imports'

const documentLimit = bodyLimit({ maxSize: DOCUMENT_OCTETS, onError: tooLarge(DOCUMENT_OCTETS) })
const otherLimit = bodyLimit({ maxSize: BODY_OCTETS, onError: tooLarge(BODY_OCTETS) })

/** Takes in the body of a request: not too large, JSON, UTF-8, and something that can be stored. */
export const readBody: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (c.req.raw.body === null || (c.req.method === 'POST' && c.req.path === uploadPath)) return next()
  const isDocument = documentPath.test(c.req.path)
  return (isDocument ? documentLimit : otherLimit)(c, async () => {
    const octets = new Uint8Array(await c.req.arrayBuffer())
    if (octets.length > 0) {
      checkContentType(c)
      const text = decode(octets)
      if (!isDocument) checkJson(text)
      c.set('bodyText', text)
    }
    await next()
  })
}

function tooLarge(maxOctets: number): (c: Context) => never {
  return () => {
    throw new Problem('request/too-large', `A body may have at most ${maxOctets / 1_000_000} MB here.`, { maxOctets })
  }
}

function checkContentType(c: Context): void {
  const type = c.req.header('content-type')
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type ?? '')) {
    const found = type === undefined ? 'none' : JSON.stringify(type.slice(0, 80))
    throw new Problem('request/content-type', `The header Content-Type must be application/json; it is ${found}.`)
  }
  const encoding = c.req.header('content-encoding')
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Problem('request/content-type', 'Compressed bodies are not taken: send it without Content-Encoding.')
  }
}

function decode(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    throw new Problem('request/not-json', 'The body is not UTF-8, as JSON must be (RFC 8259 §8.1).')
  }
}

function checkJson(text: string): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Problem('request/not-json', `The body is not JSON: ${oneLine(error)}.`)
  }
  if (isTooDeep(text)) throw new Problem('request/invalid', `The body is nested more than ${maxBodyDepth} levels deep.`)
  if (storableJson(value) !== value) {
    const detail =
      'A text in the body has the character U+0000 or half of a surrogate pair, which cannot be stored or sent.'
    throw new Problem('request/invalid', detail)
  }
}

/** JSON.parse quotes what it stumbled over, line breaks and all. */
function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 200)
}
