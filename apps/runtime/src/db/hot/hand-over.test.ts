import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../../testing/on-each-engine.ts'
import { batchOf, NOW, newKey, outboxWrite, STORED } from '../../testing/rows.ts'
import { slotResource, takeLeases } from './leases.ts'
import { settleAndClaim } from './settle-and-claim.ts'
import { store } from './store.ts'
import { takeOverSlot } from './take-over.ts'
import type { OutboxWrite, SessionKey } from './types.ts'
import { unclaimMts } from './unclaim.ts'

let links = 0

onEachEngine(({ database }) => {
  const sql = () => database().sql

  const newLink = async () => {
    links += 1
    const link = `handing-${links}`
    const lease = () =>
      takeLeases(sql(), { owner: 'us', resources: [slotResource(link, 0)], ttlMs: 15_000, graceMs: 5_000 })
    const [taken] = await lease()
    const handOver = { owner: 'us', epoch: taken!.epoch, settled: [] }
    const pass = { link, slot: 0, slots: 1, ...handOver, limit: 10, now: NOW }
    return { link, handOver, pass, takeAgain: async () => (await lease())[0]!.epoch }
  }

  const storeOne = (key: SessionKey, rev: number, mt: Partial<OutboxWrite>) =>
    store(sql(), batchOf(key, rev, { outbox: [outboxWrite(key, rev, 0, { id: idOf(key, rev), ...mt })] }))
  const idOf = ({ phone }: SessionKey, rev: number) =>
    `00000000-0000-7000-8000-${phone.slice(-7)}${String(rev).padStart(5, '0')}`

  const rowsOf = ({ phone }: SessionKey) =>
    sql().query('select state, epoch, attempt from outbox where phone = $1 order by rev, n', [phone])

  describe('an MT that is handed over as it is stored', () => {
    test('is as a pass would have claimed it', async () => {
      const { link, handOver, pass } = await newLink()
      const key = newKey()
      expect(await storeOne(key, 1, { link, handOver })).toEqual({ handedOver: [idOf(key, 1)] })
      expect(await rowsOf(key)).toEqual([{ state: 'sending', epoch: handOver.epoch, attempt: 1 }])
      expect((await settleAndClaim(sql(), pass)).claimed).toEqual([])
    })

    test('stands beside others of its batch that queue', async () => {
      const { link, handOver } = await newLink()
      const key = newKey()
      const outbox = [0, 1].map((n) => outboxWrite(key, 1, n, { link, ...(n === 0 && { handOver }) }))
      expect(await store(sql(), batchOf(key, 1, { outbox }))).toEqual({ handedOver: [outbox[0]!.id] })
      expect((await rowsOf(key)).map(({ state }) => state)).toEqual(['sending', 'queued'])
    })

    test('is sent again, marked, by whoever owns the link next', async () => {
      const { link, handOver, takeAgain } = await newLink()
      const key = newKey()
      await storeOne(key, 1, { link, handOver })
      const epoch = await takeAgain()
      const slot = { link, slot: 0, slots: 1, owner: 'us', epoch, policy: 'resend', now: NOW } as const
      expect((await takeOverSlot(sql(), slot)).map(({ id }) => id)).toEqual([idOf(key, 1)])
    })

    test('is queued again when nobody heard of it', async () => {
      const { link, handOver } = await newLink()
      const key = newKey()
      await storeOne(key, 1, { link, handOver })
      const claims = { link, slot: 0, ...handOver, inFlight: [] }
      expect(await unclaimMts(sql(), { ...claims, owner: 'nobody' })).toBe(0)
      expect(await unclaimMts(sql(), claims)).toBe(1)
      expect(await rowsOf(key)).toEqual([{ state: 'queued', epoch: handOver.epoch, attempt: 0 }])
    })

    test('is not written where its batch is a conflict', async () => {
      const { link, handOver } = await newLink()
      const key = newKey()
      expect(await storeOne(key, 2, { link, handOver })).toBe('conflict')
      expect(await rowsOf(key)).toEqual([])
    })
  })

  describe('an MT queues after all', () => {
    test.each(['queued', 'sending'])('while another of its phone is %s', async (state) => {
      const { link, handOver } = await newLink()
      const key = newKey()
      await storeOne(key, 1, { link })
      await sql().query('update outbox set state = $1 where phone = $2', [state, key.phone])
      expect(await storeOne(key, 2, { link, handOver })).toEqual(STORED)
      expect((await rowsOf(key))[1]).toEqual({ state: 'queued', epoch: null, attempt: 0 })
    })

    test('but not while the other is known to have left', async () => {
      const { link, handOver } = await newLink()
      const key = newKey()
      await storeOne(key, 1, { link, handOver })
      const settled = [{ rev: 1, n: 0 }]
      expect(await storeOne(key, 2, { link, handOver: { ...handOver, settled } })).toEqual({
        handedOver: [idOf(key, 2)],
      })
      expect(await storeOne(key, 3, { link, handOver: { ...handOver, settled } })).toEqual(STORED)
    })

    test('when the lease is another’s by now', async () => {
      const { link, handOver, takeAgain } = await newLink()
      await takeAgain()
      const key = newKey()
      expect(await storeOne(key, 1, { link, handOver })).toEqual(STORED)
      expect(await rowsOf(key)).toEqual([{ state: 'queued', epoch: null, attempt: 0 }])
    })

    test.each(['', 'news'])('when its phone said STOP to topic "%s", unless it confirms just that', async (topic) => {
      const { link, handOver } = await newLink()
      const key = newKey()
      const stop = { phone: key.phone, topic, change: 'add', channel: null, source: 'mo', at: NOW } as const
      await store(sql(), batchOf(key, 1, { suppressions: [stop] }))
      expect(await storeOne(key, 2, { link, handOver, topic: 'news' })).toEqual(STORED)
      await sql().query(`update outbox set state = 'failed' where phone = $1`, [key.phone])
      const confirmation = { link, handOver, topic: 'news', isConsent: true }
      expect(await storeOne(key, 3, confirmation)).toEqual({ handedOver: [idOf(key, 3)] })
    })

    test('but not because of what waits for another phone', async () => {
      const { link, handOver } = await newLink()
      const [key, other] = [newKey(), newKey()]
      await storeOne(other, 1, { link })
      expect(await storeOne(key, 1, { link, handOver })).toEqual({ handedOver: [idOf(key, 1)] })
    })
  })
})
