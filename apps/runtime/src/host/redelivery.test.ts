import { describe, expect, test } from 'vitest'
import { redeliveryAfter } from './redelivery.ts'
import { echoFlow } from './testing/flows.ts'
import { hostingOn } from './testing/hosting-kit.ts'
import { scriptedNetwork } from './testing/scripted-link.ts'
import { withDatabase } from './testing/with-database.ts'

const s = 1_000

describe('after a reconnect', () => {
  test('an equal MO takes the id of the one before the drop, each at most once', () => {
    const redelivery = redeliveryAfter([])
    redelivery.bound(0)
    expect(redelivery.idOf({ id: 'a:1', fingerprint: 'yes' }, 10 * s)).toBe('a:1')
    expect(redelivery.idOf({ id: 'a:2', fingerprint: 'yes' }, 11 * s)).toBe('a:2')
    redelivery.dropped(20 * s)
    redelivery.bound(25 * s)
    expect(redelivery.idOf({ id: 'b:1', fingerprint: 'yes' }, 26 * s)).toBe('a:1')
    expect(redelivery.idOf({ id: 'b:2', fingerprint: 'yes' }, 27 * s)).toBe('a:2')
    expect(redelivery.idOf({ id: 'b:3', fingerprint: 'yes' }, 28 * s)).toBe('b:3')
  })

  test('the same PDU on the same bind keeps the id it was given', () => {
    const redelivery = redeliveryAfter([{ id: 'a:1', fingerprint: 'yes', at: 0 }], s)
    redelivery.bound(2 * s)
    expect(redelivery.idOf({ id: 'b:1', fingerprint: 'yes' }, 3 * s)).toBe('a:1')
    expect(redelivery.idOf({ id: 'b:1', fingerprint: 'yes' }, 4 * s)).toBe('a:1')
  })

  test('another text, or one that came more than 30 s before the drop, is new', () => {
    const redelivery = redeliveryAfter([])
    redelivery.bound(0)
    redelivery.idOf({ id: 'a:1', fingerprint: 'yes' }, 10 * s)
    redelivery.dropped(41 * s)
    redelivery.bound(42 * s)
    expect(redelivery.idOf({ id: 'b:1', fingerprint: 'yes' }, 43 * s)).toBe('b:1')
    expect(redelivery.idOf({ id: 'b:2', fingerprint: 'no' }, 43 * s)).toBe('b:2')
  })

  test('what comes more than 60 s after the bind is new', () => {
    const redelivery = redeliveryAfter([])
    redelivery.bound(0)
    redelivery.idOf({ id: 'a:1', fingerprint: 'yes' }, 10 * s)
    redelivery.dropped(20 * s)
    redelivery.bound(25 * s)
    expect(redelivery.idOf({ id: 'b:1', fingerprint: 'yes' }, 86 * s)).toBe('b:1')
  })

  test('a second drop within the window keeps what the first left open', () => {
    const redelivery = redeliveryAfter([])
    redelivery.bound(0)
    redelivery.idOf({ id: 'a:1', fingerprint: 'yes' }, 10 * s)
    redelivery.dropped(11 * s)
    redelivery.bound(12 * s)
    redelivery.dropped(13 * s)
    redelivery.bound(14 * s)
    expect(redelivery.idOf({ id: 'c:1', fingerprint: 'yes' }, 15 * s)).toBe('a:1')
  })
})

test('what was answered with a temporary error is recognised on the same bind, for ten minutes', () => {
  const redelivery = redeliveryAfter([])
  redelivery.bound(0)
  redelivery.idOf({ id: 'a:1', fingerprint: 'yes' }, 10 * s)
  redelivery.refused({ id: 'a:1', fingerprint: 'yes', at: 20 * s })
  expect(redelivery.idOf({ id: 'a:2', fingerprint: 'yes' }, 300 * s)).toBe('a:1')
  expect(redelivery.idOf({ id: 'a:3', fingerprint: 'yes' }, 301 * s)).toBe('a:3')
  redelivery.refused({ id: 'a:3', fingerprint: 'yes', at: 301 * s })
  expect(redelivery.idOf({ id: 'a:4', fingerprint: 'yes' }, 902 * s)).toBe('a:4')
})

describe('after the process was killed', () => {
  const database = withDatabase()
  const anna = '+15550001'

  async function lives(steps: (hear: (id: string, text: string) => Promise<void>) => Promise<void>, aliveAgo: string) {
    const network = scriptedNetwork()
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network })
    const hear = (id: string, text: string) =>
      network.host().submit({ type: 'mo', id: `mo:phone:${id}`, fingerprint: text, from: anna, to: '4040', text })
    await kit.heard(anna, 0)
    await expect.poll(() => kit.links.status('phone')?.state).toBe('bound')
    await steps(hear)
    await kit.stop()
    // A killed process gives no lease back: it runs out 15 s after it was renewed last.
    await database().sql.query(
      `update lease set expires_at = clock_timestamp() - $1::text::interval + interval '15 s' where resource = 'link:phone:0'`,
      [aliveAgo],
    )
    return kit.sent.map(({ text }) => text)
  }

  test('what it had stored but perhaps not acknowledged has no second effect, what is new has', async () => {
    await lives(async (hear) => {
      await hear('a:1', 'yes')
      await hear('a:2', 'no')
    }, '3 s')
    const network = scriptedNetwork()
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network })
    await expect.poll(() => kit.links.status('phone')?.state).toBe('bound')
    for (const [id, text] of [
      ['b:1', 'yes'],
      ['b:2', 'no'],
      ['b:3', 'yes'],
    ] as const) {
      await network.host().submit({ type: 'mo', id: `mo:phone:${id}`, fingerprint: text, from: anna, to: '4040', text })
    }
    const inbox = await kit.sql.query<{ message_id: string }>(
      `select message_id from inbox where kind = 'mo' order by id`,
    )
    expect(inbox.map(({ message_id }) => message_id)).toEqual(['mo:phone:a:1', 'mo:phone:a:2', 'mo:phone:b:3'])
    await kit.stop()
  })

  test('a text of an hour before it died is not taken for its redelivery', async () => {
    await lives(async (hear) => {
      await hear('a:1', 'yes')
    }, '3 s')
    // The text came long before the process was alive last.
    await database().sql.query(`update lease set expires_at = clock_timestamp() + interval '1 hour'`)
    const network = scriptedNetwork()
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network })
    await expect.poll(() => kit.links.status('phone')?.state).toBe('bound')
    await network
      .host()
      .submit({ type: 'mo', id: 'mo:phone:b:1', fingerprint: 'yes', from: anna, to: '4040', text: 'yes' })
    const inbox = await kit.sql.query<{ message_id: string }>(
      `select message_id from inbox where kind = 'mo' order by id`,
    )
    expect(inbox.map(({ message_id }) => message_id)).toEqual(['mo:phone:a:1', 'mo:phone:b:1'])
    await kit.stop()
  })
})
