import { stoppedClock } from '@textloom/core/testing'
import { describe, expect, test } from 'vitest'
import { echoFlow, failingFlow, greetingFlow, talkativeFlow, waitingFlow } from './testing/flows.ts'
import { hostingOn, until } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const database = withDatabase()

async function inboxOutcomes(phone = anna): Promise<string[]> {
  const rows = await database().sql.query<{ outcome: string }>(
    `select outcome from inbox where phone = $1 and kind = 'mo' order by id`,
    [phone],
  )
  return rows.map(({ outcome }) => outcome)
}

describe('order', () => {
  test('texts of one phone are handled in the order in which they came, whatever other phones do', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()] })
    const phones = Array.from({ length: 10 }, (_, index) => `+1555000${index}`)
    const texts = Array.from({ length: 20 }, (_, index) => `t${index}`)
    await Promise.all(phones.flatMap((phone) => texts.map((text) => kit.says(phone, text))))
    for (const phone of phones) {
      expect(await kit.heard(phone, texts.length)).toEqual(texts.map((text, index) => `${index + 1} ${text}`))
    }
    await kit.stop()
  })
})

describe('STOP, START and HELP', () => {
  test('STOP ends the session with one confirmation, and nothing but HELP is answered until START', async () => {
    const kit = await hostingOn(database().sql, { flows: [greetingFlow()] })
    await kit.says(anna, 'hello')
    await kit.heard(anna, 1)
    await kit.says(anna, 'Stop!')
    const [, confirmation] = await kit.heard(anna, 2)
    expect(confirmation).toMatch(/unsubscribed/)
    await kit.says(anna, 'STOP')
    await kit.says(anna, 'hello')
    await kit.says(anna, 'HELP')
    expect((await kit.heard(anna, 3))[2]).toMatch(/automatic message service/)
    await kit.says(anna, 'start')
    expect((await kit.heard(anna, 4))[3]).toMatch(/subscribed again/)
    await kit.says(anna, 'hello')
    expect(await kit.heard(anna, 5)).toEqual([
      expect.any(String),
      expect.any(String),
      expect.any(String),
      expect.any(String),
      'Shall we? hello',
    ])
    expect(await inboxOutcomes()).toEqual([
      'transition',
      'keyword:stop',
      'ignored:already-opted-out',
      'ignored:opted-out',
      'keyword:help',
      'keyword:start',
      'transition',
    ])
    const runs = await kit.sql.query<{ outcome: string }>('select outcome from run order by id')
    expect(runs.map(({ outcome }) => outcome)).toEqual(['interrupted', null])
    await kit.stop()
  })

  test('STOP counts on all channels: a session on another one ends with its next event', async () => {
    const kit = await hostingOn(database().sql, { flows: [greetingFlow()] })
    await kit.says(anna, 'hello')
    await kit.sql.query(
      `insert into suppression (phone, topic, channel, source, at) values ($1, '', '5050', 'keyword', now())`,
      [anna],
    )
    await kit.stop()
    const again = await hostingOn(database().sql, { flows: [greetingFlow()] })
    await again.says(anna, 'yes')
    expect(await inboxOutcomes()).toEqual(['transition', 'ignored:opted-out'])
    expect(await again.sql.query('select outcome from run')).toEqual([{ outcome: 'interrupted' }])
    expect(again.sent).toEqual([])
    await again.stop()
  })

  test('what waits in the outbox when STOP comes does not leave', async () => {
    const kit = await hostingOn(database().sql, {
      flows: [talkativeFlow(Array.from({ length: 30 }, (_, index) => `text ${index}`))],
      channel: { config: { messagesPerSecond: 4 } },
    })
    await kit.says(anna, 'talk')
    await kit.heard(anna, 1)
    await kit.says(anna, 'STOP')
    const texts = await until(() => {
      const heard = kit.sent.map(({ text }) => text)
      return heard.at(-1)?.includes('unsubscribed') && heard
    })
    expect(texts.length).toBeLessThan(8)
    const states = await kit.sql.query<{ state: string }>('select distinct state from outbox order by state')
    expect(states.map(({ state }) => state)).not.toContain('queued')
    await kit.stop()
  })

  test('HELP is answered in the words of the channel, and the question stays open', async () => {
    const kit = await hostingOn(database().sql, {
      flows: [greetingFlow()],
      channel: { config: { helpText: 'Call 555.' } },
    })
    await kit.says(anna, 'hello')
    await kit.says(anna, 'help')
    await kit.says(anna, 'yes')
    expect(await kit.heard(anna, 3)).toEqual(['Shall we? hello', 'Call 555.', 'Good.'])
    await kit.stop()
  })

  test('a channel without keywords leaves them to its flows', async () => {
    const kit = await hostingOn(database().sql, { flows: [echoFlow()], channel: { config: { keywords: false } } })
    await kit.says(anna, 'stop')
    expect(await kit.heard(anna, 1)).toEqual(['1 stop'])
    await kit.stop()
  })
})

describe('where a text goes', () => {
  test('what no flow wants is a dead letter with its reason', async () => {
    const kit = await hostingOn(database().sql, { flows: [greetingFlow()] })
    await kit.says(anna, 'what is this')
    expect(await inboxOutcomes()).toEqual(['dead-letter:no-flow'])
    expect(await kit.sql.query('select reason, phone from dead_letter')).toEqual([{ reason: 'no-flow', phone: anna }])
    await kit.stop()
  })

  test("the channel's fallback text answers instead, where there is one", async () => {
    const kit = await hostingOn(database().sql, {
      flows: [greetingFlow()],
      channel: { config: { fallbackText: 'Write HELLO.' } },
    })
    await kit.says(anna, 'what is this')
    expect(await kit.heard(anna, 1)).toEqual(['Write HELLO.'])
    expect(await inboxOutcomes()).toEqual(['fallback'])
    await kit.stop()
  })

  test('a keyword that interrupts ends the session of another flow', async () => {
    const kit = await hostingOn(database().sql, {
      flows: [greetingFlow(), greetingFlow({ id: 'urgent', keyword: 'urgent', interrupts: true })],
    })
    await kit.says(anna, 'hello')
    await kit.says(anna, 'urgent')
    await kit.says(anna, 'urgent')
    expect(await kit.heard(anna, 3)).toEqual(['Shall we? hello', 'Shall we? urgent', expect.any(String)])
    const runs = await kit.sql.query('select flow_id, outcome from run order by id')
    expect(runs).toEqual([
      { flow_id: 'greeting', outcome: 'interrupted' },
      { flow_id: 'urgent', outcome: null },
    ])
    await kit.stop()
  })

  test('a text that comes while the session waits for time is ignored, and that is recorded', async () => {
    const kit = await hostingOn(database().sql, { flows: [waitingFlow('PT1H')] })
    await kit.says(anna, 'wait')
    await kit.says(anna, 'well?')
    expect(await inboxOutcomes()).toEqual(['transition', 'ignored:not-waiting'])
    await kit.stop()
  })

  test('a flow that fails ends its own session only, and its text is a dead letter with the node', async () => {
    const kit = await hostingOn(database().sql, { flows: [failingFlow(), greetingFlow()] })
    await kit.says(anna, 'fail')
    await kit.says(anna, 'hello')
    expect(await kit.heard(anna, 1)).toEqual(['Shall we? hello'])
    expect(await inboxOutcomes()).toEqual(['dead-letter:engine/node-failed', 'transition'])
    const [run] = await kit.sql.query<{ failure: { node: string } }>(`select failure from run where outcome = 'failed'`)
    expect(run?.failure.node).toBe('set')
    await kit.stop()
  })

  test("a reply goes to exactly the MO's source, from its destination", async () => {
    const kit = await hostingOn(database().sql, {
      flows: [greetingFlow()],
      channel: { address: '+3612345678', config: { country: 'HU' } },
    })
    await kit.says('06301234567', 'hello')
    await kit.says('06301234567', 'yes')
    await until(() => kit.sent.length === 2)
    expect(kit.sent.map(({ from, to }) => ({ from, to }))).toEqual([
      { from: '+3612345678', to: '06301234567' },
      { from: '+3612345678', to: '06301234567' },
    ])
    expect(await kit.sql.query('select phone from session')).toEqual([{ phone: '+36301234567' }])
    await kit.stop()
  })
})

describe('timers', () => {
  test('fire once after a restart, however late', async () => {
    const clock = stoppedClock()
    const kit = await hostingOn(database().sql, { flows: [greetingFlow({ timeout: 'PT1H' })], clock })
    await kit.says(anna, 'hello')
    await kit.heard(anna, 1)
    await kit.stop()
    clock.advance(3_600_000 * 5)
    const again = await hostingOn(database().sql, { flows: [greetingFlow({ timeout: 'PT1H' })], clock })
    expect(await again.heard(anna, 1)).toEqual(['Too late.'])
    await again.stop()
  })

  test('a timer that was due before a text arrived fires before it', async () => {
    const clock = stoppedClock()
    // Nobody looks after timers here: the text itself brings them out.
    const kit = await hostingOn(database().sql, { flows: [waitingFlow('PT1H'), echoFlow()], clock, role: 'gateway' })
    await kit.says(anna, 'wait')
    clock.advance(3_600_000)
    await kit.says(anna, 'wait')
    expect(await kit.heard(anna, 3)).toEqual(['One moment.', 'Here we are.', 'One moment.'])
    await kit.stop()
  })

  test('many that are due at once fire each once', async () => {
    const clock = stoppedClock()
    const kit = await hostingOn(database().sql, { flows: [waitingFlow('PT1H')], clock })
    const phones = Array.from({ length: 150 }, (_, index) => `+1555${1000 + index}`)
    await Promise.all(phones.map((phone) => kit.says(phone, 'wait')))
    clock.advance(3_600_000)
    await until(() => kit.sent.length === 300)
    for (const phone of phones) expect(await kit.heard(phone, 2)).toEqual(['One moment.', 'Here we are.'])
    await kit.stop()
  })
})

describe('event rows', () => {
  test('tell which nodes a session passed, by which exits, and what was said where only "other" fits', async () => {
    const kit = await hostingOn(database().sql, { flows: [greetingFlow()] })
    await kit.says(anna, 'hello')
    await kit.says(anna, 'perhaps')
    await kit.says(anna, 'who knows')
    const rows = await kit.sql.query<{ kind: string; data: { path?: object; outcome?: string } }>(
      `select kind, data from event where kind like 'session.%' order by rev, n`,
    )
    expect(rows.map(({ kind, data }) => [kind, data.path ?? data.outcome ?? null])).toEqual([
      ['session.started', null],
      ['session.moved', [{ enter: 'start' }, { exit: 'start', handle: 'next' }, { enter: 'ask' }]],
      [
        'session.moved',
        [
          { exit: 'ask', handle: 'other', text: 'who knows' },
          { enter: 'no' },
          { exit: 'no', handle: 'next' },
          { enter: 'end' },
        ],
      ],
      ['session.ended', 'completed'],
    ])
    await kit.stop()
  })
})
