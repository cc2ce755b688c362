import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../../testing/on-each-engine.ts'
import { batchOf, keyOf, NOW, newKey, outboxWrite } from '../../testing/rows.ts'
import { bucketOf } from '../bucket.ts'
import { databaseNow } from './clock.ts'
import { claimHttp } from './http-outbox.ts'
import { bucketResource, releaseLeases, renewLeases, takeLeases } from './leases.ts'
import { store } from './store.ts'
import { takeOverHttp } from './take-over.ts'

let resources = 0

onEachEngine(({ database, emptyDatabase }) => {
  const sql = () => database().sql
  const newResource = () => {
    resources += 1
    return `thing:${resources}`
  }
  const take = (owner: string, resource: string, ttlMs = 60_000, graceMs = 0, force = false) =>
    takeLeases(sql(), { owner, resources: [resource], ttlMs, graceMs, force })

  describe('leases', () => {
    test('of many resources are taken at once, the others left out', async () => {
      const [mine, theirs, free] = [newResource(), newResource(), newResource()]
      await take('them', theirs)
      const taken = await takeLeases(sql(), { owner: 'us', resources: [mine, theirs, free], ttlMs: 1_000, graceMs: 0 })
      expect(taken.map(({ resource }) => resource).sort()).toEqual([mine, free].sort())
    })

    test('expire by the clock of the database', async () => {
      const before = await databaseNow(sql())
      const [lease] = await take('us', newResource(), 5_000)
      const after = await databaseNow(sql())
      expect(lease!.expiresAt).toBeGreaterThanOrEqual(before + 5_000)
      expect(lease!.expiresAt).toBeLessThanOrEqual(after + 5_000)
    })

    test('are nobody else’s until expiry and grace are over, then under a greater epoch', async () => {
      const resource = newResource()
      const [lease] = await take('us', resource, 1)
      await delay(5)
      expect(await take('them', resource, 60_000, 60_000)).toEqual([])
      const [theirs] = await take('them', resource, 60_000, 0)
      expect(theirs!.epoch).toBeGreaterThan(lease!.epoch)
      expect(await renewLeases(sql(), { owner: 'us', leases: [lease!], ttlMs: 60_000 })).toEqual([])
    })

    test('may be taken at once from owners known to be dead', async () => {
      const resource = newResource()
      await take('them', resource)
      expect(await take('us', resource, 60_000, 60_000, true)).toHaveLength(1)
    })

    test('of an owner known to be dead are taken at once, but not from who took them meanwhile', async () => {
      const [theirs, others] = [newResource(), newResource()]
      await take('the dead', theirs)
      await take('the living', others)
      const request = { owner: 'us', resources: [theirs, others], ttlMs: 60_000, graceMs: 60_000, gone: ['the dead'] }
      expect((await takeLeases(sql(), request)).map(({ resource }) => resource)).toEqual([theirs])
    })

    test('are prolonged under the same epoch', async () => {
      const [lease] = await take('us', newResource(), 1_000)
      const [renewed] = await renewLeases(sql(), { owner: 'us', leases: [lease!], ttlMs: 60_000 })
      expect(renewed).toMatchObject({ resource: lease!.resource, epoch: lease!.epoch })
      expect(renewed!.expiresAt).toBeGreaterThan(lease!.expiresAt + 50_000)
    })

    test('that are given back are free at once', async () => {
      const resource = newResource()
      const leases = await take('us', resource)
      await releaseLeases(sql(), { owner: 'us', leases })
      expect(await take('them', resource, 60_000, 60_000)).toHaveLength(1)
    })

    test('go to one of many that ask at the same time', async () => {
      const resource = newResource()
      const asked = await Promise.all(Array.from({ length: 6 }, (_, index) => take(`owner-${index}`, resource)))
      expect(asked.flat()).toHaveLength(1)
    })
  })

  describe('HTTP requests of flows', () => {
    const requestOf = async (on = sql(), changes: { dueAt?: number } = {}) => {
      const key = newKey()
      const row = outboxWrite(key, 1, 0, {
        kind: 'http',
        link: null,
        payload: { url: 'http://127.0.0.1/' },
        ...changes,
      })
      await store(on, batchOf(key, 1, { outbox: [row] }))
      return { row, resource: bucketResource(bucketOf(key.channel, key.phone)) }
    }

    test('are claimed once, by the owner of their bucket', async () => {
      const on = (await emptyDatabase()).sql
      const { row, resource } = await requestOf(on)
      const claim = (owner: string) => claimHttp(on, { owner, retries: [], limit: 10, now: NOW })
      expect(await claim('us')).toEqual([])
      await takeLeases(on, { owner: 'us', resources: [resource], ttlMs: 60_000, graceMs: 0 })
      expect(await claim('them')).toEqual([])
      const { channel, phone, rev, n, id, payload } = row
      const claimed = { channel, phone, rev, n, id, runId: null, payload, attempt: 1, possibleDuplicate: false }
      expect(await claim('us')).toEqual([claimed])
      expect(await claim('us')).toEqual([])
    })

    test('that failed are put back until they are due again', async () => {
      const on = (await emptyDatabase()).sql
      const { row, resource } = await requestOf(on)
      await takeLeases(on, { owner: 'us', resources: [resource], ttlMs: 60_000, graceMs: 0 })
      await claimHttp(on, { owner: 'us', retries: [], limit: 10, now: NOW })
      const retries = [{ ...keyOf(row), dueAt: NOW + 1_000, error: { code: 'network', message: 'ECONNRESET' } }]
      expect(await claimHttp(on, { owner: 'us', retries, limit: 10, now: NOW })).toEqual([])
      const again = await claimHttp(on, { owner: 'us', retries: [], limit: 10, now: NOW + 1_000 })
      expect(again).toMatchObject([{ attempt: 2 }])
    })

    test('that a dead owner left unanswered are made again, marked', async () => {
      const on = (await emptyDatabase()).sql
      const { resource } = await requestOf(on)
      await takeLeases(on, { owner: 'them', resources: [resource], ttlMs: 60_000, graceMs: 0 })
      await claimHttp(on, { owner: 'them', retries: [], limit: 10, now: NOW })
      await takeLeases(on, { owner: 'us', resources: [resource], ttlMs: 60_000, graceMs: 0, force: true })
      expect(await takeOverHttp(on, { owner: 'them', now: NOW })).toBe(0)
      expect(await takeOverHttp(on, { owner: 'us', now: NOW })).toBe(1)
      const again = await claimHttp(on, { owner: 'us', retries: [], limit: 10, now: NOW })
      expect(again).toMatchObject([{ attempt: 2, possibleDuplicate: true }])
      expect(await takeOverHttp(on, { owner: 'us', now: NOW })).toBe(0)
    })
  })
})
