import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import ipaddr from 'ipaddr.js'
import type { TrustedProxies } from '../../settings/environment-schema.ts'
import type { ApiEnv } from './env.ts'

/** Notes for every request where it comes from. Headers count only where TRUST_PROXY says who writes them. */
export function knowClient(settings: {
  readonly trustProxy?: TrustedProxies | undefined
  readonly publicUrl?: string | undefined
}): MiddlewareHandler<ApiEnv> {
  const trust = settings.trustProxy ?? false
  const isPublicSecure = settings.publicUrl?.startsWith('https:') ?? false
  return async (c, next) => {
    const peer = peerOf(c)
    const { address, isProxied } = behind(peer, c.req.header('x-forwarded-for'), trust)
    const isForwardedSecure = isProxied && /^https\b/i.test(c.req.header('x-forwarded-proto') ?? '')
    c.set('client', { address, isSecure: isPublicSecure || isForwardedSecure })
    await next()
  }
}

function peerOf(c: Context): string {
  try {
    return plain(getConnInfo(c).remote.address ?? 'unknown')
  } catch {
    // `app.request` of tests has no socket.
    return 'unknown'
  }
}

/** Walks from the peer to the left through what proxies wrote, as far as they are trusted. */
function behind(peer: string, forwarded: string | undefined, trust: TrustedProxies) {
  if (trust === false) return { address: peer, isProxied: false }
  const hops = [...(forwarded ?? '').split(',').map((hop) => plain(hop.trim())), peer].filter((hop) => hop !== '')
  if (typeof trust === 'number') return { address: hops.at(-1 - trust) ?? hops[0] ?? peer, isProxied: true }
  const isProxied = isTrusted(peer, trust)
  return { address: isProxied ? (hops.findLast((hop) => !isTrusted(hop, trust)) ?? hops[0] ?? peer) : peer, isProxied }
}

function isTrusted(address: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const ip = ipaddr.process(address)
  return networks.some((network) => {
    const [base, bits] = ipaddr.isValidCIDR(network)
      ? ipaddr.parseCIDR(network)
      : [ipaddr.process(network), ip.kind() === 'ipv6' ? 128 : 32]
    return base.kind() === ip.kind() && ip.match(base, bits)
  })
}

/** IPv4 within IPv6 as what it is; a zone or port of a proxy left out. */
function plain(address: string): string {
  const bare = address.replace(/^\[([^\]]+)\](?::\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare
}
