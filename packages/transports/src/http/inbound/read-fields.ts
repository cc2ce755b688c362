import type { Fields } from '../field-path.ts'
import type { InboundRequest } from './exchange.ts'

/** What came in: one event, or several in a list. */
export interface ReadRequest {
  readonly items: readonly Fields[]
  /** The octets of a value of the query or form, before anybody took them for UTF-8; undefined for JSON. */
  octetsOf(name: string): Uint8Array | undefined
  /** The fields of the form alone, in UTF-8, as signatures count them. */
  readonly form: ReadonlyMap<string, string>
  readonly query: ReadonlyMap<string, string>
}

const MOST_ITEMS = 1_000

/**
 * Reads the body and, where what proves the request covers it, the query.
 * @throws Error with a sentence for what cannot be read
 */
export function readFields({ url, headers, body }: InboundRequest, isQueryProven: boolean): ReadRequest {
  const query = parsePairs(isQueryProven ? new URL(url).search.slice(1) : '')
  const text = Buffer.from(body).toString('latin1').trimStart()
  const type = headers['content-type'] ?? ''
  const isJson = /[/+]json\b/i.test(type) || (!/form-urlencoded/i.test(type) && /^[[{]/.test(text))
  const form = isJson || text === '' ? new Map<string, Uint8Array>() : parsePairs(text)
  const octets = new Map([...query, ...form])
  const named = Object.fromEntries(texts(octets))
  return {
    items: isJson && text !== '' ? itemsOf(body).map((item) => ({ ...named, ...item })) : [named],
    octetsOf: (name) => octets.get(name),
    form: texts(form),
    query: texts(query),
  }
}

function itemsOf(body: Uint8Array): readonly Fields[] {
  const items = [parseJson(body)].flat()
  if (items.length > MOST_ITEMS) throw new Error(`The body has more than ${MOST_ITEMS} events.`)
  return items.map((item) => {
    if (typeof item !== 'object' || item === null) throw new Error('The body is JSON, but no object or list of them.')
    return item as Fields
  })
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new Error('The body is not JSON in UTF-8.')
  }
}

/** `a=1&b=2`, percent-encoded, as octets: only the receiver of a text knows its charset. */
function parsePairs(text: string): Map<string, Uint8Array> {
  const pairs = new Map<string, Uint8Array>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = octetsIn(at === -1 ? pair : pair.slice(0, at)).toString('utf8')
    if (!pairs.has(name)) pairs.set(name, octetsIn(at === -1 ? '' : pair.slice(at + 1)))
  }
  return pairs
}

function octetsIn(encoded: string): Buffer {
  const written = encoded.replaceAll('+', ' ').replaceAll(/%([0-9a-f]{2})/gi, (_whole, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16))
  })
  return Buffer.from(written, 'latin1')
}

function texts(octets: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  return new Map([...octets].map(([name, value]) => [name, Buffer.from(value).toString('utf8')]))
}
