import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, buildConnector, request } from 'undici'

/** A request of a flow, a webhook or an HTTP link. */
export interface OutgoingRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
}

/** What came back. */
export interface OutgoingAnswer {
  readonly status: number
  /** The media type, lower case, without parameters. */
  readonly mediaType: string
  /** The header Retry-After, as it stands. */
  readonly retryAfter?: string
  readonly text: string
}

/** Why nothing came back: `refused` by us, before anything was sent. */
export class OutgoingError extends Error {
  readonly kind: 'timeout' | 'network' | 'refused'

  constructor(kind: 'timeout' | 'network' | 'refused', message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'OutgoingError'
    this.kind = kind
  }
}

/** The only way out of the runtime by HTTP. */
export interface GuardedFetch {
  /** @throws OutgoingError */
  fetch(outgoing: OutgoingRequest): Promise<OutgoingAnswer>
  close(): Promise<void>
}

export const MOST_ANSWER_OCTETS = 262_144

/**
 * HTTP with a guard: the address is checked when the connection is made, so neither an odd spelling nor a name that
 * resolves otherwise a moment later gets to a private network; redirects are answers, not followed; size and time are
 * capped. `allowPrivate` are the entries of TEXTLOOM_ALLOW_PRIVATE.
 */
export function guardedFetch(allowPrivate: readonly string[]): GuardedFetch {
  const allowed = allowPrivate.map(parseAllowance)
  const connectTo = buildConnector({ timeout: 10_000, allowH2: false })
  const agent = new Agent({
    connect(options, callback) {
      permittedAddress(options.hostname, portOf(options), allowed).then(
        // The address that was checked is the one connected to; the name stays for TLS and the Host header.
        (address) =>
          connectTo(
            { ...options, hostname: address, servername: options.servername ?? serverName(options.hostname) },
            callback,
          ),
        (error: Error) => callback(error, null),
      )
    },
  })

  return {
    close: () => agent.close(),
    async fetch({ method, url, headers, body, timeoutMs }) {
      const target = parseUrl(url)
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const answer = await request(target, {
          dispatcher: agent,
          method: method as 'GET',
          headers,
          body: body ?? null,
          signal,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        })
        const text = await readCapped(answer.body)
        const [mediaType = ''] = String(answer.headers['content-type'] ?? '').split(';')
        const retryAfter = answer.headers['retry-after']
        return {
          status: answer.statusCode,
          mediaType: mediaType.trim().toLowerCase(),
          text,
          ...(typeof retryAfter === 'string' && { retryAfter }),
        }
      } catch (error) {
        throw asOutgoingError(error, signal.aborted, target.host)
      }
    },
  }
}

function parseUrl(url: string): URL {
  if (!URL.canParse(url)) throw new OutgoingError('refused', 'The address of the request is not a URL.')
  const target = new URL(url)
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new OutgoingError('refused', `Requests go to http: and https: addresses only, not to ${target.protocol}`)
  }
  if (target.username !== '' || target.password !== '') {
    throw new OutgoingError('refused', 'The address of the request holds a user name. Send credentials as a header.')
  }
  return target
}

async function readCapped(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of body) {
    octets += chunk.length
    if (octets > MOST_ANSWER_OCTETS) {
      body.destroy()
      throw new OutgoingError('refused', `The answer is larger than ${MOST_ANSWER_OCTETS} octets.`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function asOutgoingError(error: unknown, isAborted: boolean, host: string): OutgoingError {
  if (error instanceof OutgoingError) return error
  const { code = '', message = String(error) } = error as { code?: string; message?: string }
  if (isAborted || /TIMEOUT/i.test(code)) return new OutgoingError('timeout', `${host} did not answer in time.`, error)
  return new OutgoingError('network', `${host} could not be reached: ${code || message}.`, error)
}

/** An entry of TEXTLOOM_ALLOW_PRIVATE. */
type Allowance =
  | { readonly hostname: string; readonly port: number }
  | { readonly range: [ipaddr.IPv4 | ipaddr.IPv6, number] }

/**
 * Reads one entry: `host:port` (IPv6 in brackets), or a CIDR.
 * @throws Error that quotes the entry
 */
export function parseAllowance(entry: string): Allowance {
  if (ipaddr.isValidCIDR(entry)) return { range: ipaddr.parseCIDR(entry) }
  const [, hostname, port] = /^(\[[0-9a-f:.]+\]|[^:[\]/]+):(\d{1,5})$/i.exec(entry) ?? []
  if (hostname === undefined || port === undefined || Number(port) > 65_535) {
    throw new Error(`TEXTLOOM_ALLOW_PRIVATE: "${entry}" is neither host:port nor a CIDR such as 10.0.0.0/8.`)
  }
  return { hostname: hostname.replace(/^\[|\]$/g, '').toLowerCase(), port: Number(port) }
}

async function permittedAddress(hostname: string, port: number, allowed: readonly Allowance[]): Promise<string> {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const isNamed = allowed.some((entry) => 'hostname' in entry && entry.hostname === name && entry.port === port)
  const addresses =
    isIP(name) > 0 ? [name] : (await lookup(name, { all: true, verbatim: true })).map((it) => it.address)
  const permitted = addresses.find((address) => isNamed || isPublic(address) || isInRange(address, allowed))
  if (permitted !== undefined) return permitted
  throw new OutgoingError(
    'refused',
    `${name}:${port} is in a private network, where requests do not go. If it is meant, add it to TEXTLOOM_ALLOW_PRIVATE.`,
  )
}

/** Unicast on the public Internet; an IPv4 address within IPv6 is judged as what it is. */
function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast'
}

function isInRange(address: string, allowed: readonly Allowance[]): boolean {
  const ip = ipaddr.process(address)
  return allowed.some((entry) => 'range' in entry && entry.range[0].kind() === ip.kind() && ip.match(entry.range))
}

function portOf({ port, protocol }: { port: string; protocol: string }): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** TLS takes names only. */
function serverName(hostname: string): string {
  return isIP(hostname.replace(/^\[|\]$/g, '')) > 0 ? '' : hostname
}
