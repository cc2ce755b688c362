import { expect, test } from 'vitest'
import { slotResource, takeLeases } from '../../db/hot/leases.ts'
import { loadSessions } from '../../db/hot/load-sessions.ts'
import { type ClaimedMt, type MtSettle, type Pass, settleAndClaim } from '../../db/hot/settle-and-claim.ts'
import { store } from '../../db/hot/store.ts'
import { takeOverSlot } from '../../db/hot/take-over.ts'
import type { HandOver, OutboxKey, StoreBatch } from '../../db/hot/types.ts'
import { unclaimMts } from '../../db/hot/unclaim.ts'
import { withDatabase } from '../../host/testing/with-database.ts'
import { batchOf, inboxWrite, keyOf, NOW, newKey, outboxWrite } from '../rows.ts'
import { diceOf } from './dice.ts'
import { allGuards } from './mutants.ts'
import { Storage } from './storage.ts'

const database = withDatabase()
const link = 'smsc-a'
type Owner = Pick<HandOver, 'owner' | 'epoch'>

const slot = { link, slot: 0, slots: 1 }

test('the tables in memory answer whatever is asked of them as the database does', async () => {
  const { sql } = database()
  const dice = diceOf(11)
  let now = NOW
  const memory = new Storage({ now: () => now, stored: () => undefined, guards: allGuards })
  const keys = Array.from({ length: 8 }, () => newKey())
  const messages: string[] = []
  const said = { stored: 0, conflict: 0, handedOver: 0, claimed: 0, dropped: 0, unclaimed: 0, takenOver: 0 }
  const written: OutboxKey[] = []
  let inFlight: OutboxKey[] = []

  /** Who owns the link, by the epochs of the database and of the memory; also those who did. */
  const owners: (readonly [Owner, Owner])[] = []
  const takeLink = async () => {
    const request = { owner: `p${owners.length}`, resources: [slotResource(link, 0)], ttlMs: 60_000, graceMs: 0 }
    const [theirs] = await takeLeases(sql, { ...request, force: true })
    const [ours] = memory.leases.take({ ...request, force: true })
    owners.push([
      { owner: request.owner, epoch: theirs!.epoch },
      { owner: request.owner, epoch: ours!.epoch },
    ])
  }
  const anOwner = () => (dice.chance(0.85) ? owners.at(-1)! : dice.one(owners))

  const storeOne = async () => {
    const key = dice.one(keys)
    const rev = (memory.load([key])[0]?.rev ?? 0) + (dice.chance(0.9) ? 1 : 2)
    const messageId = messages.length > 0 && dice.chance(0.1) ? dice.one(messages) : `${key.phone} ${now}`
    const mt = { dueAt: now, createdAt: now, priority: dice.between(0, 30_000), isConsent: dice.chance(0.2) }
    const expires = dice.chance(0.1) ? { expiresAt: now + 30 } : {}
    const wishes = dice.chance(0.6) ? anOwner() : undefined
    const outbox = Array.from({ length: dice.between(0, 2) }, (_, n) => outboxWrite(key, rev, n, { ...mt, ...expires }))
    const change = dice.chance(0.2) ? ([dice.chance(0.5) ? 'add' : 'remove'] as const) : []
    const cancelled = dice.chance(0.1) && written.length > 0 ? [dice.one(written)] : []
    const batchFor = (owner: Owner | undefined): StoreBatch =>
      batchOf(key, rev, {
        inbox: [inboxWrite(key, messageId)],
        outbox: outbox.map((write, n) =>
          n === 0 && owner !== undefined ? { ...write, handOver: { ...owner, settled: [] } } : write,
        ),
        cancels: cancelled,
        contacts: [{ phone: key.phone, at: now }],
        suppressions: change.map((what) => ({
          phone: key.phone,
          topic: '',
          change: what,
          channel: null,
          source: 'mo',
          at: now,
        })),
      })
    const [theirs, ours] = [await store(sql, batchFor(wishes?.[0])), memory.store(batchFor(wishes?.[1]))]
    expect(ours).toEqual(theirs)
    if (theirs === 'conflict') {
      said.conflict += 1
      return
    }
    said.stored += 1
    said.handedOver += theirs.handedOver.length
    messages.push(messageId)
    written.push(...outbox.map(keyOf))
    inFlight.push(...outbox.filter(({ id }) => theirs.handedOver.includes(id)).map(keyOf))
  }

  const passOnce = async () => {
    const settled = inFlight.filter(() => dice.chance(0.6)).map((key) => settleOf(key, dice.one(endings), now))
    const [theirs, ours] = anOwner()
    const budget = dice.chance(0.2) ? { budget: 1 } : {}
    const request = { ...slot, settled, limit: dice.between(0, 3), now, ...budget }
    const found = await settleAndClaim(sql, { ...request, ...theirs })
    expect(told(memory.settleAndClaim({ ...request, ...ours }))).toEqual(told(found))
    said.claimed += found.claimed.length
    said.dropped += found.dropped.length
    if (!found.isOwner) return
    const ended = new Set(settled.map((key) => JSON.stringify(keyOf(key))))
    inFlight = [...inFlight.filter((key) => !ended.has(JSON.stringify(keyOf(key)))), ...found.claimed.map(keyOf)]
  }

  const forget = async () => {
    inFlight = inFlight.filter(() => dice.chance(0.5))
    const [theirs, ours] = anOwner()
    const found = await unclaimMts(sql, { link, slot: 0, ...theirs, inFlight })
    expect(memory.unclaim({ link, slot: 0, ...ours, inFlight })).toBe(found)
    said.unclaimed += found
  }

  const takeOver = async () => {
    await takeLink()
    const [theirs, ours] = owners.at(-1)!
    const policy = dice.one(['resend', 'resend', 'hold'] as const)
    const found = await takeOverSlot(sql, { ...slot, ...theirs, policy, now })
    expect(memory.takeOverSlot({ ...slot, ...ours, policy, now })).toBe(found.length)
    said.takenOver += found.length
    inFlight = []
  }

  await takeLink()
  for (let step = 0; step < 250; step += 1) {
    now += dice.between(1, 20)
    await dice.one([storeOne, storeOne, storeOne, passOnce, passOnce, passOnce, forget, takeOver])()
    if (step % 25 === 0) expect(memory.load(keys)).toEqual(await loadSessions(sql, keys))
  }
  // Much has to happen for that to mean anything.
  for (const [what, count] of Object.entries(said)) expect(count, what).toBeGreaterThan(5)
})

const endings = ['sent', 'sent', 'failed', 'queued', 'unknown'] as const

function settleOf(key: OutboxKey, state: (typeof endings)[number], now: number): MtSettle {
  const again = state === 'queued'
  return {
    ...keyOf(key),
    state,
    dueAt: again ? now + 25 : null,
    providerIds: [],
    sentAt: state === 'sent' ? now : null,
    error: null,
    possibleDuplicate: again,
  }
}

/** What a pass says, where the order of what is dropped does not count. */
function told({ isOwner, claimed, dropped }: Pass) {
  const mts = claimed.map(({ id, attempt, possibleDuplicate, payload }: ClaimedMt) => ({
    id,
    attempt,
    possibleDuplicate,
    payload,
  }))
  return { isOwner, claimed: mts, dropped: dropped.map(({ id, reason }) => `${id} ${reason}`).sort() }
}
