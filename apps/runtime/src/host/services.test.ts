import { stoppedClock } from '@textloom/core/testing'
import { describe, expect, test } from 'vitest'
import { greetingFlow, waitingFlow } from './testing/flows.ts'
import { hostingOn, type Kit, type KitOptions } from './testing/hosting-kit.ts'
import { type ScriptedNetwork, scriptedNetwork } from './testing/scripted-link.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+36301234567'
const database = withDatabase()

async function open(options: KitOptions = {}): Promise<Kit> {
  return hostingOn(database().sql, {
    flows: [greetingFlow(), waitingFlow('PT1H')],
    channel: { config: { country: 'HU' } },
    ...options,
  })
}

let keys = 0
const name = () => ({ by: 'api', key: `k${++keys}` }) as const
const day = 86_400_000

describe('sending a message', () => {
  test('takes any spelling of the number and answers the canonical one', async () => {
    const kit = await open()
    const sent = await kit.services.sendMessage({ ...name(), channel: '4040', to: '06 30 123-4567', text: 'Hi' })
    expect(sent.to).toBe(anna)
    expect(await kit.heard(anna, 1)).toEqual(['Hi'])
    const rows = await kit.sql.query('select id, source from outbox')
    expect(rows).toEqual([{ id: sent.id, source: 'api' }])
    await kit.stop()
  })

  test('twice under one key sends once and tells the same id', async () => {
    const kit = await open()
    const request = { ...name(), channel: '4040', to: anna, text: 'Hi' }
    const first = await kit.services.sendMessage(request)
    const second = await kit.services.sendMessage(request)
    expect(second).toEqual(first)
    expect(await kit.sql.query('select 1 from outbox')).toHaveLength(1)
    await kit.stop()
  })

  test('for later waits, also while the clock stands still', async () => {
    const clock = stoppedClock()
    const kit = await open({ clock })
    await kit.services.sendMessage({
      ...name(),
      channel: '4040',
      to: anna,
      text: 'later',
      sendAt: clock.now() + 60_000,
    })
    await kit.services.sendMessage({ ...name(), channel: '4040', to: anna, text: 'now' })
    expect(await kit.heard(anna, 1)).toEqual(['now'])
    clock.advance(60_000)
    expect(await kit.heard(anna, 2)).toEqual(['now', 'later'])
    await kit.stop()
  })

  test.each([
    { what: 'to an unknown channel', request: { channel: 'none' }, code: 'unknown-channel' },
    { what: 'to no number', request: { to: 'somebody' }, code: 'bad-number' },
    { what: 'without a text', request: { text: '' }, code: 'empty-text' },
    { what: 'of 256 segments', request: { text: 'x'.repeat(153 * 255 + 1) }, code: 'text-too-long' },
  ])('$what is refused', async ({ request, code }) => {
    const kit = await open()
    const whole = { ...name(), channel: '4040', to: anna, text: 'Hi', ...request }
    await expect(kit.services.sendMessage(whole)).rejects.toMatchObject({ code })
    await kit.stop()
  })

  test('to somebody who said STOP is refused, and stays refused under the same key', async () => {
    const kit = await open()
    await kit.says(anna, 'STOP')
    const request = { ...name(), channel: '4040', to: anna, text: 'Hi' }
    await expect(kit.services.sendMessage(request)).rejects.toMatchObject({ code: 'opted-out' })
    await expect(kit.services.sendMessage(request)).rejects.toMatchObject({ code: 'opted-out' })
    await kit.stop()
  })
})

describe('starting a session', () => {
  const start = (kit: Kit, flow: string, onBusy: 'skip' | 'queue' | 'interrupt' = 'skip', expiresInMs = day) =>
    kit.services.startSession({ ...name(), flow, channel: '4040', to: anna, params: {}, onBusy, expiresInMs })

  test('begins at the first start of the flow, without a text', async () => {
    const kit = await open()
    const { id, ...started } = await start(kit, 'greeting')
    expect(started).toEqual({ to: anna, started: true })
    expect(await kit.heard(anna, 1)).toEqual(['Shall we? '])
    expect(await kit.sql.query('select id, source from run')).toEqual([{ id, source: 'api' }])
    await kit.stop()
  })

  test('of a flow that is not published is refused', async () => {
    const kit = await open()
    await expect(start(kit, 'nothing')).rejects.toMatchObject({ code: 'flow-not-published' })
    await kit.stop()
  })

  test('is skipped while another one runs', async () => {
    const kit = await open()
    await kit.says(anna, 'hello')
    expect(await start(kit, 'waiting')).toMatchObject({ started: false, reason: 'busy' })
    await kit.says(anna, 'yes')
    expect(await kit.heard(anna, 2)).toEqual(['Shall we? hello', 'Good.'])
    await kit.stop()
  })

  test('interrupts the running one where that is asked', async () => {
    const kit = await open()
    await kit.says(anna, 'hello')
    expect(await start(kit, 'waiting', 'interrupt')).toMatchObject({ started: true })
    expect(await kit.heard(anna, 2)).toEqual(['Shall we? hello', 'One moment.'])
    const runs = await kit.sql.query('select flow_id, outcome from run order by started_at, id')
    expect(runs).toEqual([
      { flow_id: 'greeting', outcome: 'interrupted' },
      { flow_id: 'waiting', outcome: null },
    ])
    await kit.stop()
  })

  test('waits in a queue and begins when the running one ends, under the id that was told', async () => {
    const kit = await open()
    await kit.says(anna, 'hello')
    const first = await start(kit, 'greeting', 'queue')
    const second = await start(kit, 'waiting', 'queue')
    expect(first).toMatchObject({ started: false, reason: 'queued' })
    await kit.says(anna, 'no')
    expect(await kit.heard(anna, 3)).toEqual(['Shall we? hello', 'Pity.', 'Shall we? '])
    await kit.says(anna, 'yes')
    expect(await kit.heard(anna, 5)).toEqual([expect.any(String), 'Pity.', 'Shall we? ', 'Good.', 'One moment.'])
    const runs = await kit.sql.query<{ id: string }>(`select id from run where source = 'api' order by started_at, id`)
    expect(runs.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort())
    expect(await kit.sql.query('select 1 from pending_start')).toEqual([])
    await kit.stop()
  })

  test('that waited too long lapses, after a restart too', async () => {
    const clock = stoppedClock()
    const kit = await open({ clock })
    await kit.says(anna, 'hello')
    await kit.heard(anna, 1)
    await start(kit, 'waiting', 'queue', 60_000)
    await kit.stop()
    clock.advance(61_000)
    const again = await open({ clock })
    await expect.poll(() => again.sql.query('select 1 from pending_start')).toEqual([])
    await again.says(anna, 'yes')
    expect(await again.heard(anna, 1)).toEqual(['Good.'])
    expect(await again.sql.query(`select 1 from run where source = 'api'`)).toEqual([])
    await again.stop()
  })
})

describe('ending a session', () => {
  test('interrupts it; a second time it is over, and an unknown one is unknown', async () => {
    const kit = await open()
    await kit.says(anna, 'hello')
    const [run] = await kit.sql.query<{ id: string }>('select id from run')
    const id = run?.id ?? ''
    await kit.services.endSession({ ...name(), id })
    expect(await kit.sql.query('select outcome from run')).toEqual([{ outcome: 'interrupted' }])
    await expect(kit.services.endSession({ ...name(), id })).rejects.toMatchObject({ code: 'session-over' })
    const unknown = { ...name(), id: '00000000-0000-7000-8000-000000000000' }
    await expect(kit.services.endSession(unknown)).rejects.toMatchObject({ code: 'unknown-session' })
    await kit.stop()
  })
})

describe('a dead letter', () => {
  test('is handled again once the reason is gone, and is resolved then', async () => {
    const before = await open({ flows: [] })
    await before.says(anna, 'hello')
    await before.stop()
    const kit = await open()
    const [letter] = await kit.sql.query<{ id: string }>('select id from dead_letter')
    const id = letter?.id ?? ''
    expect(await kit.services.retryDeadLetter(id)).toMatchObject({ status: 'transition' })
    expect(await kit.heard(anna, 1)).toEqual(['Shall we? hello'])
    await expect(kit.services.retryDeadLetter(id)).rejects.toMatchObject({ code: 'dead-letter-resolved' })
    await kit.stop()
  })

  test('that fails again is resolved, and what it became is a new one', async () => {
    const kit = await open({ flows: [] })
    await kit.says(anna, 'hello')
    const [letter] = await kit.sql.query<{ id: string }>('select id from dead_letter')
    expect(await kit.services.retryDeadLetter(letter?.id ?? '')).toMatchObject({ reason: 'no-flow' })
    const letters = await kit.sql.query('select resolution from dead_letter order by id')
    expect(letters).toEqual([{ resolution: 'retried' }, { resolution: null }])
    await kit.stop()
  })
})

describe('receipts', () => {
  test('tell what became of an MT', async () => {
    const kit = await open()
    await kit.says(anna, 'hello')
    await kit.heard(anna, 1)
    const states = () => kit.sql.query('select state from outbox')
    await expect.poll(states).toEqual([{ state: 'delivered' }])
    await kit.stop()
  })

  test('count also when they come before the answer to their MT, and when they name nothing they are kept', async () => {
    const network: ScriptedNetwork = scriptedNetwork((mt) => {
      // The network is quicker with its receipt than with its answer.
      void network.host().submit({ type: 'dlr', providerId: mt.key, state: 'undeliverable', error: '0B' })
      return { providerIds: [mt.key] }
    })
    const kit = await open({ network })
    await kit.says(anna, 'hello')
    await network.host().submit({ type: 'dlr', providerId: 'nobody knows', state: 'delivered' })
    await expect.poll(() => kit.sql.query('select state from outbox')).toEqual([{ state: 'failed' }])
    const dlr = () => kit.sql.query<{ data: object }>(`select data from event where kind = 'dlr'`)
    await expect.poll(async () => (await dlr())[0]?.data).toMatchObject({ state: 'undeliverable', error: '0B' })
    const kept = await kit.sql.query(`select provider_id from receipt where bucket is null`)
    expect(kept).toEqual([{ provider_id: 'nobody knows' }])
    await kit.stop()
  })
})
