import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../../testing/on-each-engine.ts'
import { batchOf, NOW, newKey, outboxWrite, STORED } from '../../testing/rows.ts'
import { phoneHash } from '../bucket.ts'
import { slotResource, takeLeases } from './leases.ts'
import { forgetReceipts, keepReceipts, matchReceipts, unsubmittedReceipts } from './receipts.ts'
import { type ClaimedMt, type MtSettle, type SettleAndClaim, settleAndClaim } from './settle-and-claim.ts'
import { store } from './store.ts'
import { takeOverSlot } from './take-over.ts'
import type { OutboxKey, OutboxWrite, SessionKey } from './types.ts'

let links = 0

onEachEngine(({ database }) => {
  const sql = () => database().sql

  /** A link of its own, with a lease on each of its slots. */
  const newLink = async (slots = 1, owner = 'us') => {
    links += 1
    const link = `link-${links}`
    const resources = Array.from({ length: slots }, (_, slot) => slotResource(link, slot))
    const leases = await takeLeases(sql(), { owner, resources, ttlMs: 15_000, graceMs: 5_000 })
    const epochOf = (slot: number) => leases.find(({ resource }) => resource === slotResource(link, slot))!.epoch
    const pass = (changes: Partial<SettleAndClaim> = {}) => {
      const slot = changes.slot ?? 0
      return settleAndClaim(sql(), {
        link,
        slot,
        slots,
        owner,
        epoch: epochOf(slot),
        settled: [],
        limit: 10,
        now: NOW,
        ...changes,
      })
    }
    return { link, pass, epochOf }
  }

  /** Queues MTs of one phone under successive revs, one each. */
  const queue = async (key: SessionKey, rows: readonly Partial<OutboxWrite>[]): Promise<void> => {
    const outbox = rows.map((row, n) => outboxWrite(key, 1, n, row))
    expect(await store(sql(), batchOf(key, 1, { outbox }))).toEqual(STORED)
  }

  const settled = (mt: OutboxKey, changes: Partial<MtSettle> = {}): MtSettle => ({
    channel: mt.channel,
    phone: mt.phone,
    rev: mt.rev,
    n: mt.n,
    state: 'sent',
    dueAt: null,
    providerIds: [],
    sentAt: NOW,
    error: null,
    possibleDuplicate: false,
    ...changes,
  })

  const stateOf = async ({ channel, phone }: SessionKey) =>
    (
      await sql().query<{ state: string }>(
        'select state from outbox where channel = $1 and phone = $2 order by rev, n',
        [channel, phone],
      )
    ).map(({ state }) => state)

  const ns = (claimed: readonly ClaimedMt[]) => claimed.map(({ n }) => n)

  describe('event rows', () => {
    const eventsOf = ({ channel, phone }: SessionKey) =>
      sql().query('select kind, data, rev, n from event where channel = $1 and phone = $2 order by n', [channel, phone])

    test('come with what is settled, and not again when it is settled again', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link }])
      const { claimed } = await pass()
      const settle = settled(claimed[0]!, { event: { kind: 'mt.sent', data: { attempt: 1 } } })
      await pass({ settled: [settle] })
      await pass({ settled: [settle] })
      expect(await eventsOf(key)).toEqual([{ kind: 'mt.sent', data: { attempt: 1 }, rev: 1, n: 0 }])
    })

    test('tell of what expired or was suppressed', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link, expiresAt: NOW }])
      await pass()
      expect(await eventsOf(key)).toEqual([
        {
          kind: 'mt.failed',
          data: { message: expect.any(String), link, attempt: 0, state: 'expired', code: 'expired' },
          rev: 1,
          n: 0,
        },
      ])
    })
  })

  describe('order', () => {
    test('an MT is claimed once, with everything that sending it needs', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link, segments: 2, payload: { text: 'árvíz' }, expiresAt: NOW + 60_000 }])
      const { claimed, isOwner } = await pass()
      expect(isOwner).toBe(true)
      expect(claimed).toEqual([
        {
          ...key,
          rev: 1,
          n: 0,
          id: expect.any(String),
          source: 'flow',
          runId: null,
          segments: 2,
          payload: { text: 'árvíz' },
          createdAt: NOW,
          expiresAt: NOW + 60_000,
          attempt: 1,
          possibleDuplicate: false,
        },
      ])
      expect((await pass()).claimed).toEqual([])
    })

    test('a phone has one MT in flight; the next leaves in the pass that settles it', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link }, { link }, { link }])
      const first = await pass()
      expect(ns(first.claimed)).toEqual([0])
      const second = await pass({ settled: [settled(first.claimed[0]!)] })
      expect(ns(second.claimed)).toEqual([1])
      expect(ns((await pass({ settled: [settled(second.claimed[0]!, { state: 'failed' })] })).claimed)).toEqual([2])
      expect(await stateOf(key)).toEqual(['sent', 'failed', 'sending'])
    })

    test('no more of a channel are claimed than its budget; another channel of the link has its own', async () => {
      const { link, pass } = await newLink()
      const slow = Array.from({ length: 3 }, () => newKey())
      const other = slow.map((key) => ({ ...key, channel: `${key.channel}-other` }))
      for (const key of [...slow, ...other]) await queue(key, [{ link }])
      const { claimed } = await pass({ budgets: Object.fromEntries(slow.map(({ channel }) => [channel, 1])) })
      const channels = claimed.map(({ channel }) => channel)
      expect(channels.filter((channel) => channel.endsWith('-other'))).toHaveLength(3)
      expect(channels).toHaveLength(3 + new Set(slow.map(({ channel }) => channel)).size)
      const none = await pass({ budgets: Object.fromEntries(slow.map(({ channel }) => [channel, 0])) })
      expect(none.claimed).toEqual([])
    })

    test('budgets count segments: an MT goes whole when those before it leave anything', async () => {
      const { link, pass } = await newLink()
      const channel = newKey().channel
      for (let i = 0; i < 4; i += 1) await queue({ ...newKey(), channel }, [{ link, segments: 3, dueAt: NOW - 9 + i }])
      const segmentsOf = async (changes: Partial<SettleAndClaim>) =>
        (await pass(changes)).claimed.reduce((sum, { segments }) => sum + segments, 0)
      expect(await segmentsOf({ budgets: { [channel]: 4 } })).toBe(6)
      expect(await segmentsOf({ budget: 0 })).toBe(0)
      expect(await segmentsOf({ budget: 3 })).toBe(3)
      expect(await segmentsOf({ budget: 1, budgets: { [channel]: 9 } })).toBe(3)
    })

    test('the budget of a link goes to the most urgent, whatever their channel', async () => {
      const { link, pass } = await newLink()
      const [bulk, reply] = [newKey(), newKey()]
      await queue({ ...bulk, channel: 'bulk' }, [{ link, priority: 7, dueAt: NOW - 9 }])
      await queue(reply, [{ link, priority: 5 }])
      expect((await pass({ budget: 1 })).claimed.map(({ phone }) => phone)).toEqual([reply.phone])
    })

    test('an MT that waits for another try holds back those after it, and goes first when it is due', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link }, { link }])
      const [mt] = (await pass()).claimed
      const retry = settled(mt!, {
        state: 'queued',
        dueAt: NOW + 5_000,
        sentAt: null,
        error: { code: 'smpp/throttled', message: '' },
      })
      expect((await pass({ settled: [retry] })).claimed).toEqual([])
      const [again] = (await pass({ now: NOW + 5_000 })).claimed
      expect(again).toMatchObject({ n: 0, attempt: 2 })
    })

    test('an MT that is scheduled for later holds back nothing until it is due', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link, dueAt: NOW + 60_000 }, { link }])
      const [now] = (await pass()).claimed
      expect(now).toMatchObject({ n: 1 })
      expect((await pass({ now: NOW + 60_000 })).claimed).toEqual([])
      expect(ns((await pass({ now: NOW + 60_000, settled: [settled(now!)] })).claimed)).toEqual([0])
    })

    test('across phones the more urgent leave first, then the earlier due', async () => {
      const { link, pass } = await newLink()
      const [bulk, late, early] = [newKey(), newKey(), newKey()]
      await queue(bulk, [{ link, priority: 5, dueAt: NOW - 9_000 }])
      await queue(late, [{ link, dueAt: NOW - 1 }])
      await queue(early, [{ link, dueAt: NOW - 2 }])
      expect((await pass()).claimed.map(({ phone }) => phone)).toEqual([early.phone, late.phone, bulk.phone])
    })

    test('within a phone order beats urgency', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [
        { link, priority: 9 },
        { link, priority: 0 },
      ])
      expect(ns((await pass()).claimed)).toEqual([0])
    })

    test('no more than the limit are claimed', async () => {
      const { link, pass } = await newLink()
      for (let i = 0; i < 5; i += 1) await queue(newKey(), [{ link }])
      expect((await pass({ limit: 3 })).claimed).toHaveLength(3)
      expect((await pass({ limit: 0 })).claimed).toHaveLength(0)
      expect((await pass({ limit: 3 })).claimed).toHaveLength(2)
    })

    test('each slot serves its own phones, and together they serve all', async () => {
      const { link, pass } = await newLink(3)
      const keys = Array.from({ length: 12 }, () => newKey())
      for (const key of keys) await queue(key, [{ link }])
      const passes = await Promise.all([0, 1, 2].map((slot) => pass({ slot, limit: 100 })))
      for (const [slot, { claimed }] of passes.entries()) {
        expect(claimed.map(({ phone }) => phoneHash(phone) % 3)).toEqual(claimed.map(() => slot))
      }
      const served = passes.flatMap(({ claimed }) => claimed.map(({ phone }) => phone))
      expect(served.toSorted()).toEqual(keys.map(({ phone }) => phone).toSorted())
    })

    test('other links keep their MTs', async () => {
      const [mine, other] = [await newLink(), await newLink()]
      await queue(newKey(), [{ link: other.link }])
      expect((await mine.pass()).claimed).toEqual([])
    })
  })

  describe('what does not leave', () => {
    test('an MT whose time is over expires', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link, expiresAt: NOW }, { link }])
      const { claimed, dropped } = await pass()
      expect(claimed).toEqual([])
      expect(dropped).toMatchObject([{ ...key, rev: 1, n: 0, reason: 'expired' }])
      expect(ns((await pass()).claimed)).toEqual([1])
      expect(await stateOf(key)).toEqual(['expired', 'sending'])
    })

    test.each([
      { said: '', topic: '', isConsent: false, leaves: false },
      { said: '', topic: 'offers', isConsent: false, leaves: false },
      { said: 'offers', topic: 'offers', isConsent: false, leaves: false },
      { said: 'offers', topic: '', isConsent: false, leaves: true },
      { said: 'offers', topic: 'news', isConsent: false, leaves: true },
      { said: '', topic: '', isConsent: true, leaves: true },
    ])('after STOP for "$said" an MT of topic "$topic" (confirmation: $isConsent) leaves: $leaves', async (row) => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link, topic: row.topic, isConsent: row.isConsent }])
      const stop = {
        phone: key.phone,
        topic: row.said,
        change: 'add' as const,
        channel: '5050',
        source: 'keyword',
        at: NOW,
      }
      await store(sql(), batchOf({ ...key, channel: '5050' }, 1, { suppressions: [stop] }))
      const { claimed, dropped } = await pass()
      expect(claimed).toHaveLength(row.leaves ? 1 : 0)
      expect(dropped.map(({ reason }) => reason)).toEqual(row.leaves ? [] : ['suppressed'])
      expect(await stateOf(key)).toEqual([row.leaves ? 'sending' : 'failed'])
    })
  })

  describe('fencing', () => {
    test('an owner that lost its lease settles nothing and claims nothing', async () => {
      const { link, pass, epochOf } = await newLink()
      const key = newKey()
      await queue(key, [{ link }])
      await queue(newKey(), [{ link, dueAt: NOW + 1 }])
      const [mt] = (await pass()).claimed
      const [theirs] = await takeLeases(sql(), {
        owner: 'them',
        resources: [slotResource(link, 0)],
        ttlMs: 15_000,
        graceMs: 5_000,
        force: true,
      })
      expect(theirs!.epoch).toBeGreaterThan(epochOf(0))
      const late = await pass({ settled: [settled(mt!)], now: NOW + 1 })
      expect(late).toEqual({ isOwner: false, claimed: [], dropped: [], earlyReceipts: [] })
      expect(await stateOf(key)).toEqual(['sending'])
    })

    test.each([
      { policy: 'resend', state: 'queued' },
      { policy: 'hold', state: 'unknown' },
    ] as const)('by the policy "$policy" what was in flight becomes $state, and possibly a duplicate', async (row) => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link }, { link }])
      await pass()
      const owner = 'them'
      const request = { owner, resources: [slotResource(link, 0)], ttlMs: 15_000, graceMs: 5_000, force: true }
      const [lease] = await takeLeases(sql(), request)
      const epoch = lease!.epoch
      const taken = await takeOverSlot(sql(), { link, slot: 0, slots: 1, owner, epoch, policy: row.policy, now: NOW })
      expect(taken).toMatchObject([{ ...key, rev: 1, n: 0 }])
      expect(await stateOf(key)).toEqual([row.state, 'queued'])
      const { claimed } = await pass({ owner, epoch })
      expect(claimed).toMatchObject([
        row.policy === 'resend'
          ? { n: 0, attempt: 2, possibleDuplicate: true }
          : { n: 1, attempt: 1, possibleDuplicate: false },
      ])
      // What the new owner itself has in flight is not taken over.
      expect(await takeOverSlot(sql(), { link, slot: 0, slots: 1, owner, epoch, policy: 'hold', now: NOW })).toEqual([])
    })
  })

  describe('receipts', () => {
    test('name the segment that the submit response named', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      const run = randomUUID()
      await queue(key, [{ link, segments: 3, runId: run }])
      const [mt] = (await pass()).claimed
      await pass({ settled: [settled(mt!, { providerIds: ['a', '', 'c'] })] })
      const asked = ['a', 'b', 'c'].map((providerId) => ({ link, providerId }))
      const named = { ...key, rev: 1, n: 0, message: mt!.id, run }
      expect(await matchReceipts(sql(), asked)).toEqual([{ ...named, segment: 0 }, undefined, { ...named, segment: 2 }])
    })

    test('an SMSC that gives all segments one id does no harm', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link, segments: 2 }])
      const [mt] = (await pass()).claimed
      await pass({ settled: [settled(mt!, { providerIds: ['same', 'same'] })] })
      expect(await matchReceipts(sql(), [{ link, providerId: 'same' }])).toMatchObject([{ segment: 0 }])
    })

    test('an id that a network uses again names the later MT', async () => {
      const { link, pass } = await newLink()
      const [first, second] = [newKey(), newKey()]
      for (const key of [first, second]) {
        await queue(key, [{ link }])
        const [mt] = (await pass()).claimed
        await pass({ settled: [settled(mt!, { providerIds: ['17'] })] })
      }
      expect(await matchReceipts(sql(), [{ link, providerId: '17' }])).toMatchObject([second])
    })

    test('that come before their submit response are handed out when it settles, until they are forgotten', async () => {
      const { link, pass } = await newLink()
      const key = newKey()
      await queue(key, [{ link }])
      const [mt] = (await pass()).claimed
      const receipt = { state: 'delivered' }
      expect(await keepReceipts(sql(), [{ link, providerId: 'x', receipt: { state: 'enroute' }, at: NOW }])).toEqual([])
      expect(await keepReceipts(sql(), [{ link, providerId: 'x', receipt, at: NOW }])).toEqual([])
      const early = {
        ...key,
        rev: 1,
        n: 0,
        link,
        providerId: 'x',
        segment: 0,
        message: mt!.id,
        run: mt!.runId,
        receipts: [{ state: 'enroute' }, receipt],
      }
      const { earlyReceipts } = await pass({ settled: [settled(mt!, { providerIds: ['x'] })] })
      expect(earlyReceipts).toEqual([early])
      // As after a crash between the pass and the submit.
      expect((await unsubmittedReceipts(sql(), 1_000)).filter((kept) => kept.link === link)).toEqual([early])
      await forgetReceipts(sql(), earlyReceipts)
      expect((await unsubmittedReceipts(sql(), 1_000)).filter((kept) => kept.link === link)).toEqual([])
      // One that lost the race against the settle is handed back at once.
      expect(await keepReceipts(sql(), [{ link, providerId: 'x', receipt, at: NOW }])).toMatchObject([
        { ...key, message: mt!.id, receipts: [receipt] },
      ])
    })
  })
})
