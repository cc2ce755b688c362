import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flowOf, greetingFlow } from '../../host/testing/flows.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  const withParams = {
    ...greetingFlow({ id: 'invited', keyword: 'invited' }),
    params: [
      { name: 'time', type: 'text' as const, required: true },
      { name: 'seats', type: 'number' as const },
    ],
  }
  const caller = flowOf('caller', [
    ['start', 'keyword', { keywords: ['order'], match: 'exact' }, { next: 'greet' }],
    ['greet', 'call', { flow: 'greeting', map: [] }, { next: 'end', expired: 'end', failed: 'end' }],
    ['end', 'end', { outcome: 'completed' }],
  ])
  api = await testInstance({ flows: [greetingFlow(), withParams, caller] })
})
afterAll(() => api.stop())

const start = (to: string, more: object = {}) =>
  api.ask('POST', '/sessions', { body: { flow: 'greeting', channel: '4040', to, ...more } })

describe('a session', () => {
  test('begins with a contact, rests somewhere, and is ended from outside', async () => {
    const started = await start('+1 555 0000')
    expect(started).toMatchObject({ status: 202, json: { started: true, to: '+15550000' } })
    expect(await api.kit.heard('+15550000', 1)).toEqual(['Shall we? '])

    const { json } = await api.ask('GET', `/sessions/${started.json.id}`)
    expect(json).toMatchObject({
      id: started.json.id,
      flow: 'greeting',
      revision: 1,
      channel: '4040',
      phone: '+15550000',
      source: 'api',
      state: 'active',
      outcome: null,
      node: 'ask',
      waitsFor: 'reply',
      snapshot: { frames: [{ snapshot: { status: 'active' } }] },
      pending: [],
    })
    expect(Date.parse(json.until) - Date.parse(json.startedAt)).toBe(3_600_000)
    expect(json.timers.map(({ id }: { id: string }) => id)).toContain('session.expiry')
    expect(json.history.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['session.started', 'mt.queued']),
    )

    const ended = await api.ask('POST', `/sessions/${started.json.id}/end`)
    expect(ended).toMatchObject({ status: 200, json: { state: 'ended', outcome: 'interrupted' } })
    expect((await api.ask('GET', `/sessions/${started.json.id}`)).json).toMatchObject({
      node: null,
      snapshot: null,
      timers: [],
    })
    const again = await api.ask('POST', `/sessions/${started.json.id}/end`)
    expect(again).toMatchObject({ status: 409, json: { code: 'sessions/ended' } })
  })

  test('tells its story: texts of both sides, the way through the flow, answers, and what it remembers', async () => {
    const phone = '+15550020'
    await api.kit.says(phone, 'hello')
    await api.kit.heard(phone, 1)
    const list = `/sessions?phone=${encodeURIComponent(phone)}`
    const [{ id, node }] = (await api.ask('GET', list)).json.items
    expect(node).toBe('ask')
    await api.kit.says(phone, 'perhaps')
    const running = (await api.ask('GET', `/sessions/${id}`)).json
    expect(running.variables).toEqual([{ name: 'ok', value: null }])
    await api.kit.says(phone, 'yes')
    await api.kit.heard(phone, 3)
    // Another conversation of the same phone, which is not this one's.
    await api.kit.says(phone, 'hello')
    await api.kit.heard(phone, 4)

    const { json } = await api.ask('GET', `/sessions/${id}`)
    expect(json).toMatchObject({ state: 'ended', outcome: 'completed', node: null, variables: null })
    expect((await api.ask('GET', list)).json.items.map((one: { node: string }) => one.node)).toEqual(['ask', null])
    const steps = json.path.map(({ node, exit }: { node: string; exit: string | null }) =>
      exit ? `${node}.${exit}` : node,
    )
    expect(steps).toEqual(['start', 'start.next', 'ask', 'ask.yes', 'yes', 'yes.next', 'end'])
    expect(json.results).toMatchObject([{ node: 'ask', name: 'ok' }])
    const thread = (await api.ask('GET', `/messages?session=${id}`)).json.items.toReversed()
    expect(thread.map(({ direction, text }: { direction: string; text: string }) => `${direction} ${text}`)).toEqual([
      'mo hello',
      'mt Shall we? hello',
      'mo perhaps',
      expect.stringMatching(/^mt /),
      'mo yes',
      'mt Good.',
    ])
    const none = '01a202cb-ba14-7eab-8383-b75a5e01ebde'
    expect((await api.ask('GET', `/messages?session=${none}`)).json).toEqual({ items: [], nextCursor: null })
  })

  test('tells of the flow that it called, and of which version of it', async () => {
    const phone = '+15550030'
    await api.kit.says(phone, 'order')
    await api.kit.heard(phone, 1)
    const [item] = (await api.ask('GET', `/sessions?phone=${encodeURIComponent(phone)}`)).json.items
    const resting = { flow: 'caller', revision: 1, node: 'ask', nodeFlow: 'greeting', nodeRevision: 1 }
    expect(item).toMatchObject(resting)
    expect((await api.ask('GET', `/sessions/${item.id}`)).json).toMatchObject({
      ...resting,
      stack: [
        { flow: 'caller', revision: 1, node: 'greet' },
        { flow: 'greeting', revision: 1, node: 'ask' },
      ],
      called: [{ flow: 'greeting', revision: 1 }],
    })
    await api.kit.says(phone, 'yes')
    await api.kit.heard(phone, 2)
    const { json } = await api.ask('GET', `/sessions/${item.id}`)
    expect(json).toMatchObject({ state: 'ended', nodeFlow: null, called: [{ flow: 'greeting', revision: 1 }] })
    const steps = json.path.map(({ node, flow = '' }: { node: string; flow?: string }) => `${flow}/${node}`)
    expect([...new Set(steps)]).toEqual([
      '/start',
      '/greet',
      'greeting/start',
      'greeting/ask',
      'greeting/yes',
      'greeting/end',
      '/end',
    ])
  })

  test('leaves a busy contact alone, waits, or interrupts, as it is told', async () => {
    const first = await start('+15550001')
    expect((await start('+15550001')).json).toMatchObject({ id: null, started: false, reason: 'busy' })

    const queued = await start('+15550001', { onBusy: 'queue', expiresIn: 'PT1H' })
    expect(queued.json).toMatchObject({ started: false, reason: 'queued' })
    expect((await api.ask('GET', `/sessions/${queued.json.id}`)).json).toMatchObject({
      state: 'queued',
      startedAt: null,
    })

    const third = await start('+15550001', { onBusy: 'interrupt' })
    expect(third.json.started).toBe(true)
    expect((await api.ask('GET', `/sessions/${first.json.id}`)).json).toMatchObject({ outcome: 'interrupted' })
  })

  test('under one Idempotency-Key begins once', async () => {
    const body = { flow: 'greeting', channel: '4040', to: '+15550002' }
    const headers = { 'idempotency-key': 'start-once' }
    const first = await api.ask('POST', '/sessions', { body, headers })
    const second = await api.ask('POST', '/sessions', { body, headers })
    expect(second.text).toBe(first.text)
    expect((await api.ask('GET', '/sessions?phone=%2B15550002')).json.items).toHaveLength(1)
  })

  test.each([
    { change: { flow: 'none' }, code: 'flows/not-published' },
    { change: { channel: 'none' }, code: 'channels/unknown' },
    { change: { to: 'nobody' }, code: 'messages/bad-address' },
    { change: { onBusy: 'wait' }, code: 'request/invalid' },
    { change: { flow: 'invited' }, code: 'request/invalid', says: 'The param "time" is required.' },
    {
      change: { flow: 'invited', params: { time: '10:00', seat: 2 } },
      code: 'request/invalid',
      says: 'The flow declares no param "seat". Did you mean "seats"?',
    },
    {
      change: { flow: 'invited', params: { time: 10 } },
      code: 'request/invalid',
      says: 'The param "time" must be a text, not 10.',
    },
  ])('with $change is refused with $code', async ({ change, code, says }) => {
    const answer = await start('+15550003', change)
    expect(answer).toMatchObject({ status: 422, json: { code } })
    if (says) expect(answer.json.detail).toContain(says)
  })

  test('that nobody knows is not found', async () => {
    const nobody = '01a202cb-ba14-7eab-8383-b75a5e01ebde'
    expect((await api.ask('GET', `/sessions/${nobody}`)).json).toMatchObject({ code: 'sessions/not-found' })
    expect((await api.ask('POST', `/sessions/${nobody}/end`)).json).toMatchObject({ code: 'sessions/not-found' })
  })
})

describe('lists of sessions', () => {
  beforeAll(async () => {
    await api.kit.says('+15550010', 'hello')
    await api.kit.says('+15550010', 'yes')
    await api.kit.says('+15550010', 'hello')
    await api.kit.heard('+15550010', 3)
  })

  test.each([
    { query: '', outcomes: [null, 'completed'] },
    { query: '&state=active', outcomes: [null] },
    { query: '&state=ended', outcomes: ['completed'] },
    { query: '&state=completed', outcomes: ['completed'] },
    { query: '&state=failed', outcomes: [] },
    { query: '&flow=invited', outcomes: [] },
    { query: '&channel=4040&flow=greeting', outcomes: [null, 'completed'] },
    { query: '&since=2100-01-01T00:00:00Z', outcomes: [] },
  ])('of one phone narrowed by "$query" hold $outcomes', async ({ query, outcomes }) => {
    const { json } = await api.ask('GET', `/sessions?phone=0015550010${query}`)
    expect(json.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(outcomes)
  })

  test('come in pages, the newest first', async () => {
    const first = (await api.ask('GET', '/sessions?limit=2')).json
    const second = (await api.ask('GET', `/sessions?limit=2&cursor=${first.nextCursor}`)).json
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id)
    expect(ids).toHaveLength(4)
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
  })
})
