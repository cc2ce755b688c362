import { describe, expect, test } from 'vitest'
import { SqlError } from '../db/sql.ts'
import type { LaneStore } from './lane.ts'
import { StoreUnavailable } from './store-unavailable.ts'
import { echoFlow, waitingFlow } from './testing/flows.ts'
import { hostingOn, type Kit, until } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const ben = '+15550002'
const database = withDatabase()

/** A store whose next calls do what `plan` says, one entry each: fail before the statement, or after it. */
function failing(plan: ('before' | 'after')[]): (store: LaneStore) => LaneStore {
  const gone = () => new SqlError('The connection went.', 'CONNECTION_CLOSED')
  return (store) => ({
    ...store,
    async store(batch) {
      const when = batch.sessions.length > 0 ? plan.shift() : undefined
      if (when === 'before') throw gone()
      const verdict = await store.store(batch)
      if (when === 'after') throw gone()
      return verdict
    },
  })
}

function moFrom(kit: Kit, phone: string, messageId: string, text: string) {
  const id = crypto.randomUUID()
  const receivedAt = kit.clock.now()
  return {
    kind: 'mo',
    channel: '4040',
    phone,
    messageId,
    id,
    link: 'phone',
    from: phone,
    to: '4040',
    text,
    receivedAt,
  } as const
}

describe('the same MO again', () => {
  test('has no second effect, however soon it comes', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()] })
    await Promise.all([kit.says(anna, 'one', 'a'), kit.says(anna, 'one', 'a'), kit.says(ben, 'other')])
    await kit.says(anna, 'one', 'a')
    await kit.says(anna, 'two', 'b')
    expect(await kit.heard(anna, 2)).toEqual(['1 one', '2 two'])
    await kit.stop()
  })

  test('has no second effect after a restart', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()] })
    await kit.says(anna, 'one', 'a')
    await kit.heard(anna, 1)
    await kit.stop()
    const again = await hostingOn(database().sql, { flows: [echoFlow()] })
    await again.says(anna, 'one', 'a')
    await again.says(anna, 'two', 'b')
    expect(await again.heard(anna, 1)).toEqual(['2 two'])
    await again.stop()
  })

  test('is left out of a batch in which other texts are new', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()] })
    await kit.says(anna, 'one', 'a')
    const others = Array.from({ length: 20 }, (_, index) => kit.says(`+1555${2000 + index}`, 'hi'))
    await Promise.all([kit.says(anna, 'one', 'a'), kit.says(anna, 'two', 'b'), ...others])
    expect(await kit.heard(anna, 2)).toEqual(['1 one', '2 two'])
    await until(() => kit.sent.length === 22)
    await kit.stop()
  })
})

describe('two processes on one database', () => {
  test('move one session in turns, and lose nothing', async () => {
    const owner = await hostingOn(database().sql, { flows: [echoFlow()], isExclusive: false })
    const other = await hostingOn(database().sql, { flows: [echoFlow()], isExclusive: false, role: 'web' })
    const count = 40
    await Promise.all(
      Array.from({ length: count }, (_, index) => {
        const kit = index % 2 === 0 ? owner : other
        return kit.submit(moFrom(kit, anna, `mo:${index}`, `t${index}`))
      }),
    )
    const heard = await owner.heard(anna, count)
    expect(heard.map((text) => Number(text.split(' ')[0]))).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    )
    expect(new Set(heard.map((text) => text.split(' ')[1])).size).toBe(count)
    await other.stop()
    await owner.stop()
  })
})

describe('a database that comes and goes', () => {
  test('delays the acknowledgement, and the effect happens once', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], wrapStore: failing(['before', 'before']) })
    await kit.says(anna, 'one')
    expect(await kit.heard(anna, 1)).toEqual(['1 one'])
    expect(kit.health.reasons()).toEqual([])
    await kit.stop()
  })

  test('a store of which nobody knows whether it happened is not done twice, and its outcome is told', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], wrapStore: failing(['after', 'after']) })
    expect(await kit.submit(moFrom(kit, anna, 'a', 'one'))).toMatchObject({ status: 'transition' })
    await kit.says(anna, 'two')
    expect(await kit.heard(anna, 2)).toEqual(['1 one', '2 two'])
    await kit.stop()
  })

  test('is said to whoever waits too long, and why the runtime is not ready', async () => {
    let isGone = true
    const kit = await hostingOn(database().sql, {
      flows: [echoFlow()],
      holdMs: 600,
      wrapStore: (store) => ({
        ...store,
        store: (batch) => (isGone ? Promise.reject(new SqlError('The disk is full.', '53100')) : store.store(batch)),
      }),
    })
    await expect(kit.says(anna, 'one', 'a')).rejects.toThrow(StoreUnavailable)
    expect(kit.health.reasons().join()).toContain('The disk is full.')
    isGone = false
    // The pause before the next try may be longer than a text is held: then the network brings it once more.
    const isTaken = () =>
      kit.says(anna, 'one', 'a').then(
        () => true,
        () => false,
      )
    await expect.poll(isTaken).toBe(true)
    await kit.says(anna, 'two', 'b')
    expect(await kit.heard(anna, 2)).toEqual(['1 one', '2 two'])
    await expect.poll(() => kit.health.reasons()).toEqual([])
    await kit.stop()
  })
})

describe('an event that cannot be stored', () => {
  test('is buried alone: all others of its batch are handled', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()] })
    const phones = Array.from({ length: 30 }, (_, index) => `+1555${3000 + index}`)
    const outcomes = await Promise.all(
      [
        ...phones.map((phone) => kit.submit(moFrom(kit, phone, `before ${phone}`, 'hi'))),
        // A message id that PostgreSQL refuses: it holds U+0000. Links cannot hand in such a one.
        kit.submit(moFrom(kit, anna, 'bad \0', 'hi')),
        ...phones.map((phone) => kit.submit(moFrom(kit, phone, `after ${phone}`, 'there'))),
      ].map((outcome) => outcome.catch((error: Error) => error)),
    )
    expect(outcomes.filter((outcome) => 'status' in outcome && outcome.status === 'transition')).toHaveLength(60)
    for (const phone of phones) expect(await kit.heard(phone, 2)).toEqual(['1 hi', '2 there'])
    await kit.stop()
  })

  test('becomes a dead letter with the reason, and the phone goes on', async () => {
    const isBad = (text: unknown) => JSON.stringify(text).includes('poison')
    const kit = await hostingOn(database().sql, {
      flows: [echoFlow()],
      wrapStore: (store) => ({
        ...store,
        async store(batch) {
          const replies = batch.outbox?.some(({ payload }) => isBad(payload))
          if (replies) throw new SqlError('invalid byte sequence', '22021')
          return store.store(batch)
        },
      }),
    })
    await kit.says(anna, 'one')
    await Promise.all([kit.says(anna, 'poison'), kit.says(ben, 'hi')])
    await kit.says(anna, 'two')
    expect(await kit.heard(anna, 2)).toEqual(['1 one', '2 two'])
    const letters = await kit.sql.query<{ reason: string; event: { text: string } }>(
      'select reason, event from dead_letter',
    )
    expect(letters.map(({ reason, event }) => ({ reason, text: event.text }))).toEqual([
      { reason: 'sql:22021', text: 'poison' },
    ])
    await kit.stop()
  })

  test('timers that cannot be handled end their session instead of coming back at every scan', async () => {
    let scans = 0
    const kit = await hostingOn(database().sql, {
      flows: [waitingFlow('PT0.05S')],
      wrapStore: (store) => ({
        ...store,
        async store(batch) {
          if (batch.outbox?.some(({ payload }) => JSON.stringify(payload).includes('Here we are'))) {
            scans += 1
            throw new SqlError('invalid byte sequence', '22021')
          }
          return store.store(batch)
        },
      }),
    })
    await kit.says(anna, 'wait')
    const failed = () => kit.sql.query(`select failure ->> 'code' as code from run where outcome = 'failed'`)
    await expect.poll(failed, { timeout: 5_000 }).toEqual([{ code: 'runtime/poison' }])
    const seen = scans
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(scans).toBe(seen)
    await kit.stop()
  })
})

describe('stopping', () => {
  test('answers everything that came in, and what it refused comes again without loss or double', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()] })
    const phones = Array.from({ length: 20 }, (_, index) => `+1555${5000 + index}`)
    const texts = ['a', 'b', 'c', 'd', 'e']
    const refused: (() => Promise<void>)[] = []
    const saying = phones.flatMap((phone) =>
      texts.map((text) =>
        kit.says(phone, text, `${phone} ${text}`).catch(() => {
          refused.push(() => again.says(phone, text, `${phone} ${text}`))
        }),
      ),
    )
    const startedAtMs = performance.now()
    await Promise.all([kit.stop(), ...saying])
    expect(performance.now() - startedAtMs).toBeLessThan(10_000)
    const sentBefore = kit.sent.length
    const again = await hostingOn(database().sql, { flows: [echoFlow()] })
    for (const say of refused) await say()
    await until(() => sentBefore + again.sent.length === 100)
    const twice = await again.sql.query(`select 1 from outbox where possible_duplicate`)
    expect(twice).toEqual([])
    for (const phone of phones) {
      const heard = [...kit.sent, ...again.sent].filter(({ to }) => to === phone).map(({ text }) => text.split(' '))
      expect(heard.map(([count]) => count)).toEqual(['1', '2', '3', '4', '5'])
      expect(heard.map(([, text]) => text).sort()).toEqual(texts)
    }
    await again.stop()
  })
})
