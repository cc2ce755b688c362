import { type OutboundMt, TransportError } from '@textloom/core'
import { stoppedClock } from '@textloom/core/testing'
import { describe, expect, test } from 'vitest'
import { type Sql, SqlError } from '../db/sql.ts'
import { echoFlow, picturesFlow, talkativeFlow } from './testing/flows.ts'
import { hostingOn, until } from './testing/hosting-kit.ts'
import { scriptedNetwork } from './testing/scripted-link.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const ben = '+15550002'
const database = withDatabase()

const refused = (retry: 'later' | 'never' | 'throttled', inDoubt = false) =>
  new TransportError(`scripted/${retry}`, 'The network refused.', { retry, inDoubt })

interface Row {
  readonly text: string
  readonly state: string
  readonly attempt: number
  readonly twice: boolean
  readonly code: string | null
}

function rows(phone = anna): Promise<Row[]> {
  return database().sql.query<Row>(
    `select payload ->> 'text' as text, state, attempt, possible_duplicate as twice, error ->> 'code' as code
     from outbox where phone = $1 order by rev, n`,
    [phone],
  )
}

const accepted = (mt: OutboundMt) => ({ providerIds: [mt.key] })
const texts = (attempts: readonly OutboundMt[], phone = anna) =>
  attempts.filter(({ to }) => to === phone).map(({ text }) => text)

describe('an MT that is refused', () => {
  test('for good is failed with the code, and the next one leaves', async () => {
    const network = scriptedNetwork((mt) => (mt.text === 'one' ? refused('never') : accepted(mt)))
    const kit = await hostingOn(database().sql, { flows: [talkativeFlow(['one', 'two'])], network })
    await kit.says(anna, 'talk')
    await expect
      .poll(() => rows())
      .toEqual([
        { text: 'one', state: 'failed', attempt: 1, twice: false, code: 'scripted/never' },
        { text: 'two', state: 'sent', attempt: 1, twice: false, code: null },
      ])
    await kit.stop()
  })

  test('for now is sent again later, and those after it wait', async () => {
    const clock = stoppedClock()
    const network = scriptedNetwork((mt, attempt) =>
      mt.text === 'one' && attempt < 3 ? refused('later') : accepted(mt),
    )
    const kit = await hostingOn(database().sql, { flows: [talkativeFlow(['one', 'two'])], network, clock })
    await kit.says(anna, 'talk')
    await kit.heard(anna, 1)
    await until(() => clock.advance(1_000) === undefined && network.attempts.length === 4)
    expect(texts(network.attempts)).toEqual(['one', 'one', 'one', 'two'])
    await expect.poll(async () => (await rows()).map(({ attempt }) => attempt)).toEqual([3, 1])
    await kit.stop()
  })

  test('does not hold up other phones', async () => {
    const network = scriptedNetwork((mt) => (mt.to === anna ? refused('later') : accepted(mt)))
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network, clock: stoppedClock() })
    await kit.says(anna, 'one')
    await kit.heard(anna, 1)
    await kit.says(ben, 'two')
    expect(await kit.heard(ben, 1)).toEqual(['1 two'])
    await kit.stop()
  })

  test('is given up when its time is over', async () => {
    const clock = stoppedClock()
    const network = scriptedNetwork(() => refused('later'))
    const kit = await hostingOn(database().sql, {
      flows: [talkativeFlow(['one'])],
      network,
      clock,
      channel: { config: { validity: 'PT10M' } },
    })
    await kit.says(anna, 'talk')
    await kit.heard(anna, 1)
    await until(() => clock.advance(60_000) === undefined && clock.now() > Date.UTC(2026, 0, 1, 12, 15))
    await expect.poll(async () => (await rows())[0]?.state).toBe('expired')
    await kit.stop()
  })
})

describe('a network that asks to go slower', () => {
  test('gets everything in the end, each phone in order', async () => {
    let budget = 0
    const refill = setInterval(() => {
      budget = 4
    }, 100)
    const network = scriptedNetwork((mt) => (budget-- > 0 ? accepted(mt) : refused('throttled')))
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network })
    const phones = [anna, ben, '+15550003', '+15550004']
    const said = ['a', 'b', 'c', 'd', 'e', 'f']
    await Promise.all(phones.flatMap((phone) => said.map((text) => kit.says(phone, text))))
    const taken = () => database().sql.query(`select 1 from outbox where state = 'sent'`)
    await expect.poll(async () => (await taken()).length, { timeout: 20_000 }).toBe(24)
    clearInterval(refill)
    for (const phone of phones) {
      // A refused attempt is followed by another one of the same text, never by a later text.
      const order = texts(network.attempts, phone).filter((text, index, all) => text !== all[index - 1])
      expect(order).toEqual(said.map((text, index) => `${index + 1} ${text}`))
    }
    await kit.stop()
  }, 30_000)
})

describe('a channel with a speed of its own', () => {
  test('sends no faster', async () => {
    const network = scriptedNetwork()
    const kit = await hostingOn(database().sql, {
      flows: [echoFlow()],
      network,
      channel: { config: { messagesPerSecond: 20 } },
    })
    const startedAtMs = performance.now()
    await Promise.all(Array.from({ length: 30 }, (_, index) => kit.says(`+1555${1000 + index}`, 'hi')))
    await until(() => network.attempts.length === 30)
    expect(performance.now() - startedAtMs).toBeGreaterThan(1_200)
    await kit.stop()
  })

  test('holds up no other channel of its link', async () => {
    const network = scriptedNetwork()
    const channel = { config: { messagesPerSecond: 1 } }
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network, channel })
    await kit.sql.query(
      `insert into channel (id, address, links, config, source, created_at, updated_at)
       select '5050', '5050', links, '{}', source, created_at, updated_at from channel`,
    )
    await kit.configurationChanged()
    const send = (id: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        kit.services.sendMessage({
          by: 'api',
          key: `${id} ${index}`,
          channel: id,
          to: `+36301${id}${index}`,
          text: id,
        }),
      )
    await Promise.all([...send('4040', 9), ...send('5050', 9)])
    await until(() => network.attempts.filter(({ from }) => from === '5050').length === 9)
    expect(network.attempts.filter(({ from }) => from === '4040').length).toBeLessThan(5)
    await kit.stop()
  })
})

describe('links that share a budget', () => {
  test('send no faster than it together', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], spareLinks: ['spare'] })
    await kit.sql.query(`update link set config = '{"budget": "account", "messagesPerSecond": 20}'`)
    await kit.sql.query(
      `insert into channel (id, address, links, config, source, created_at, updated_at)
       select '5050', '5050', '["spare"]', '{}', source, created_at, updated_at from channel`,
    )
    await kit.configurationChanged()
    const startedAtMs = performance.now()
    const sends = Array.from({ length: 16 }, (_, index) =>
      kit.services.sendMessage({
        by: 'api',
        key: `${index}`,
        channel: index % 2 === 0 ? '4040' : '5050',
        to: `+363012345${index + 10}`,
        text: 'x'.repeat(170),
      }),
    )
    await Promise.all(sends)
    const sent = () =>
      kit.sql.query<{ link: string }>(`select distinct link, count(*) from outbox where state = 'sent' group by 1`)
    await expect
      .poll(async () => (await sent()).map(({ link }) => link).sort(), { timeout: 10_000 })
      .toEqual(['phone', 'spare'])
    await expect
      .poll(async () => (await kit.sql.query(`select 1 from outbox where state = 'sent'`)).length, { timeout: 10_000 })
      .toBe(16)
    // 32 segments: a burst of 2 from each link, the rest at 20 a second.
    expect(performance.now() - startedAtMs).toBeGreaterThan(1_200)
    await kit.stop()
  }, 20_000)
})

describe('an MT whose link has nothing else to do', () => {
  /** Counts passes over the outbox that claimed something. */
  function watched(real: Sql): { sql: Sql; claims: () => number } {
    let claims = 0
    const sql: Sql = {
      ...real,
      async query(text, params) {
        const found = await real.query<never>(text, params)
        if (JSON.stringify(found).includes('"claimed":[')) claims += 1
        return found
      },
    }
    return { sql, claims: () => claims }
  }

  test('leaves with the statement that stores it', async () => {
    const { sql, claims } = watched(database().sql)
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network: scriptedNetwork(), sql })
    await kit.says(anna, 'one')
    await expect.poll(async () => (await rows()).map(({ state }) => state)).toEqual(['sent'])
    const before = claims()
    for (const text of ['two', 'three']) {
      await kit.says(anna, text)
      await expect.poll(async () => (await rows()).every(({ state }) => state === 'sent')).toBe(true)
    }
    expect(await kit.heard(anna, 3)).toEqual(['1 one', '2 two', '3 three'])
    expect(claims()).toBe(before)
    await kit.stop()
  })

  test('waits where the window is full, and no more are under way than it permits', async () => {
    let mostAtOnce = 0
    let atOnce = 0
    const network = scriptedNetwork(
      (mt) => {
        atOnce += 1
        mostAtOnce = Math.max(mostAtOnce, atOnce)
        return accepted(mt)
      },
      { windowSize: 3, answered: () => (atOnce -= 1) },
    )
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network })
    await Promise.all(Array.from({ length: 40 }, (_, index) => kit.says(`+1555${2000 + index}`, 'hi')))
    await until(() => network.attempts.length === 40)
    expect(mostAtOnce).toBe(3)
    await kit.stop()
  })

  test('does not overtake what waits for its channel to permit more', async () => {
    const network = scriptedNetwork()
    const channel = { config: { messagesPerSecond: 10 } }
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], network, channel })
    const phones = Array.from({ length: 12 }, (_, index) => `+1555${4000 + index}`)
    for (const phone of phones) await kit.says(phone, 'hi')
    await until(() => network.attempts.length === phones.length)
    expect(network.attempts.map(({ to }) => to)).toEqual(phones)
    await kit.stop()
  })
})

describe('what nobody can know', () => {
  test('an MT whose answer was lost is sent again and marked', async () => {
    const network = scriptedNetwork((mt, attempt) => (attempt === 1 ? refused('later', true) : accepted(mt)))
    const clock = stoppedClock()
    const kit = await hostingOn(database().sql, { flows: [talkativeFlow(['one'])], network, clock })
    await kit.says(anna, 'talk')
    await kit.heard(anna, 1)
    await until(() => clock.advance(1_000) === undefined && network.attempts.length === 2)
    await expect.poll(() => rows()).toEqual([{ text: 'one', state: 'sent', attempt: 2, twice: true, code: null }])
    expect(network.attempts[0]?.key).toBe(network.attempts[1]?.key)
    expect(network.attempts[0]?.reference).toBe(network.attempts[1]?.reference)
    await kit.stop()
  })

  test('what a process left in flight is sent again by the next one and marked, in order', async () => {
    const network = scriptedNetwork()
    const kit = await hostingOn(database().sql, { flows: [talkativeFlow(['one', 'two'])], network })
    await kit.says(anna, 'talk')
    await expect.poll(async () => (await rows()).map(({ state }) => state)).toEqual(['sent', 'sent'])
    await kit.stop()
    // As a SIGKILL between sending and its answer leaves it.
    await database().sql.query(`update outbox set state = 'sending' where rev = 1`)
    const again = await hostingOn(database().sql, {
      flows: [talkativeFlow(['one', 'two'])],
      network: scriptedNetwork(),
    })
    expect(await again.heard(anna, 2)).toEqual(['one', 'two'])
    await expect
      .poll(async () => (await rows()).map(({ twice, state }) => ({ twice, state })))
      .toEqual([
        { twice: true, state: 'sent' },
        { twice: true, state: 'sent' },
      ])
    expect(again.logged.join()).toContain('possible duplicates')
    await again.stop()
  })

  test('a claim whose answer was lost is taken back: nothing is stuck, nothing is marked', async () => {
    const real = database().sql
    let losses = 2
    const sql: Sql = {
      ...real,
      async query(text, params) {
        const found = await real.query<never>(text, params)
        if (text.includes('early_receipts') && JSON.stringify(found).includes('"claimed":[') && losses-- > 0) {
          throw new SqlError('The connection went.', 'CONNECTION_CLOSED')
        }
        return found
      },
    }
    const network = scriptedNetwork()
    const kit = await hostingOn(real, { flows: [talkativeFlow(['one', 'two'])], network, sql })
    await kit.says(anna, 'talk')
    await expect
      .poll(() => rows(), { timeout: 5_000 })
      .toEqual([
        { text: 'one', state: 'sent', attempt: 1, twice: false, code: null },
        { text: 'two', state: 'sent', attempt: 1, twice: false, code: null },
      ])
    expect(texts(network.attempts)).toEqual(['one', 'two'])
    await kit.stop()
  })
})

describe('event rows', () => {
  test('tell when an MT was written, sent and delivered, and for which text', async () => {
    const kit = await hostingOn(database().sql, { flows: [talkativeFlow(['one'])] })
    await kit.says('+12125550123', 'talk')
    const events = () =>
      database().sql.query<{ kind: string; data: Record<string, unknown> }>(
        `select kind, data from event where kind like 'mt.%' or kind in ('dlr', 'mo.received') order by at, rev, n`,
      )
    await expect
      .poll(async () => (await events()).map(({ kind }) => kind).sort())
      .toEqual(['dlr', 'mo.received', 'mt.queued', 'mt.sent'])
    const byKind = new Map((await events()).map(({ kind, data }) => [kind, data]))
    expect(byKind.get('mt.queued')?.inReplyTo).toBe(byKind.get('mo.received')?.message)
    expect(byKind.get('mt.sent')).toMatchObject({
      message: byKind.get('mt.queued')?.message,
      link: 'phone',
      attempt: 1,
    })
    expect(byKind.get('dlr')).toMatchObject({ link: 'phone', segment: 0, state: 'delivered', country: 'US' })
    await kit.stop()
  })
})

test('files go to the link beside the text, and stand behind it for links that carry none', async () => {
  const urls = ['https://example.org/a.png', 'https://example.org/b.png']
  const network = scriptedNetwork()
  const kit = await hostingOn(database().sql, { flows: [picturesFlow('Look here:', urls)], network })
  await kit.says(anna, 'look')
  await kit.heard(anna, 1)
  expect(network.attempts).toMatchObject([
    { text: `Look here:\n${urls.join('\n')}`, media: { urls, caption: 'Look here:' } },
  ])
  await kit.stop()
})
