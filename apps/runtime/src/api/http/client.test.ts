import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { knowClient } from './client.ts'
import type { ApiEnv, Client } from './env.ts'

interface Asked {
  readonly peer?: string
  readonly forwarded?: string
  readonly proto?: string
}

async function clientOf(
  settings: Parameters<typeof knowClient>[0],
  { peer, forwarded, proto }: Asked,
): Promise<Client> {
  const app = new Hono<ApiEnv>().use(knowClient(settings)).get('/', (c) => c.json(c.get('client')))
  const headers = {
    ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
    ...(proto !== undefined && { 'x-forwarded-proto': proto }),
  }
  const socket = peer === undefined ? {} : { incoming: { socket: { remoteAddress: peer } } }
  return (await app.request('/', { headers }, socket)).json() as Promise<Client>
}

describe('a request comes from', () => {
  const chain = '203.0.113.9, 198.51.100.2, 10.0.0.7'
  test.each([
    { trustProxy: undefined, peer: '192.0.2.1', forwarded: chain, address: '192.0.2.1' },
    { trustProxy: false as const, peer: '::ffff:192.0.2.1', forwarded: chain, address: '192.0.2.1' },
    { trustProxy: 1, peer: '10.0.0.1', forwarded: chain, address: '10.0.0.7' },
    { trustProxy: 2, peer: '10.0.0.1', forwarded: chain, address: '198.51.100.2' },
    { trustProxy: 9, peer: '10.0.0.1', forwarded: chain, address: '203.0.113.9' },
    { trustProxy: 1, peer: '10.0.0.1', forwarded: undefined, address: '10.0.0.1' },
    { trustProxy: ['10.0.0.0/8'], peer: '10.0.0.1', forwarded: chain, address: '198.51.100.2' },
    { trustProxy: ['10.0.0.0/8', '198.51.100.2'], peer: '10.0.0.1', forwarded: chain, address: '203.0.113.9' },
    { trustProxy: ['10.0.0.0/8'], peer: '192.0.2.1', forwarded: chain, address: '192.0.2.1' },
    { trustProxy: ['10.0.0.0/8'], peer: '10.0.0.1', forwarded: '10.0.0.8', address: '10.0.0.8' },
    { trustProxy: ['::1'], peer: '::1', forwarded: '[2001:db8::1]:4711', address: '2001:db8::1' },
    { trustProxy: ['::1'], peer: '::1', forwarded: '203.0.113.9:4711', address: '203.0.113.9' },
    { trustProxy: 1, peer: undefined, forwarded: undefined, address: 'unknown' },
  ])(
    '$address when $peer forwards "$forwarded" and $trustProxy is trusted',
    async ({ trustProxy, address, ...asked }) => {
      const given = {
        ...(asked.peer !== undefined && { peer: asked.peer }),
        ...(asked.forwarded !== undefined && { forwarded: asked.forwarded }),
      }
      expect((await clientOf({ trustProxy }, given)).address).toBe(address)
    },
  )

  test.each([
    { publicUrl: undefined, trustProxy: undefined, proto: 'https', isSecure: false },
    { publicUrl: 'http://sms.example.org', trustProxy: undefined, proto: undefined, isSecure: false },
    { publicUrl: 'https://sms.example.org', trustProxy: undefined, proto: undefined, isSecure: true },
    { publicUrl: undefined, trustProxy: 1, proto: 'https', isSecure: true },
    { publicUrl: undefined, trustProxy: 1, proto: 'http', isSecure: false },
    { publicUrl: undefined, trustProxy: ['10.0.0.0/8'], proto: 'https', isSecure: false },
  ])('https: $isSecure, with PUBLIC_URL $publicUrl, proxies $trustProxy and $proto', async (row) => {
    const { publicUrl, trustProxy, proto, isSecure } = row
    const client = await clientOf({ publicUrl, trustProxy }, { peer: '192.0.2.1', ...(proto && { proto }) })
    expect(client.isSecure).toBe(isSecure)
  })
})
