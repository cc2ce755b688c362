import { describe, expect, test } from 'vitest'
import { greetingFlow, sayingFlow } from '../testing/flows.ts'
import { onePhone, testKey } from '../testing/one-phone.ts'

const anyText = sayingFlow(['catch-all'], 'Any text.', 'any')
const newcomers = (whenBusy: string) => sayingFlow(['on-new-contact', { whenBusy }], 'Welcome.', 'newcomers')
const start = (phone: ReturnType<typeof onePhone>, more: object = {}) =>
  phone.takes({
    kind: 'start',
    ...testKey,
    messageId: `api:${phone.row.rev}`,
    runId: `run${phone.row.rev}`,
    flowId: 'asked',
    params: {},
    by: 'api',
    requestedAt: phone.now,
    expiresAt: phone.now + 1_000,
    ...more,
  })

describe('a text for another flow while a session runs', () => {
  test.each([
    { whenBusy: 'skip', outcome: 'transition', texts: [expect.stringMatching(/^Please/)] },
    { whenBusy: 'interrupt', outcome: 'transition', texts: ['Now.'] },
    { whenBusy: 'queue', outcome: 'waiting', texts: [] },
  ])('whose start says $whenBusy', ({ whenBusy, outcome, texts }) => {
    const phone = onePhone({ flows: [greetingFlow(), sayingFlow(['on-mo', { word: 'now', whenBusy }], 'Now.')] })
    phone.says('hello')
    expect(phone.says('now')).toMatchObject({ status: outcome })
    expect(phone.texts).toHaveLength(texts.length)
    if (whenBusy !== 'skip') expect(phone.texts).toEqual(texts)
  })

  test('waits with its own text and start, and begins with them', () => {
    const phone = onePhone({
      flows: [greetingFlow(), sayingFlow(['on-mo', { word: 'now', whenBusy: 'queue' }], 'You said {{ reply.text }}.')],
    })
    phone.says('hello')
    phone.says('now')
    const [waiting] = phone.batch.pendingStarts
    expect(waiting).toMatchObject({ flowId: 'saying', node: 'start', source: 'mo', text: 'now' })
    phone.says('yes')
    expect(phone.row.state).toBeNull()
    start(phone, {
      by: 'mo',
      flowId: 'saying',
      node: waiting?.node,
      text: waiting?.text,
      mo: waiting?.message,
      runId: waiting?.id,
      wasQueued: true,
      expiresAt: waiting?.expiresAt,
    })
    expect(phone.texts).toEqual(['You said now.'])
    expect(phone.batch.inbox).toMatchObject([{ kind: 'event', outcome: 'started' }])
    expect(phone.batch.pendingStartsDone).toMatchObject([{ id: waiting?.id }])
  })

  test('of its own flow is a reply, whatever its start says', () => {
    const phone = onePhone({ flows: [greetingFlow({ interrupts: true })] })
    phone.says('hello')
    phone.says('hello')
    expect(phone.events('session.ended')).toEqual([])
  })
})

describe('somebody new', () => {
  test.each([
    { flows: 'a start for any text', others: [anyText], says: 'hi', texts: ['Welcome.'] },
    { flows: 'no other', others: [], says: 'hi', texts: ['Welcome.'] },
    {
      flows: 'a keyword that fits',
      others: [anyText, sayingFlow(['on-mo', { word: 'hi' }], 'Hi.')],
      says: 'hi',
      texts: ['Hi.'],
    },
  ])('is welcomed beside $flows: $texts', ({ others, says, texts }) => {
    const phone = onePhone({ flows: [...others, newcomers('skip')] })
    phone.says(says)
    expect(phone.texts).toEqual(texts)
    expect(phone.batch.contacts).toMatchObject([{ phone: testKey.phone }])
  })

  test('who texted a keyword is welcomed after that, where the start may wait', () => {
    const phone = onePhone({ flows: [greetingFlow(), newcomers('queue')] })
    phone.says('hello')
    expect(phone.texts).toEqual(['Shall we? hello'])
    expect(phone.batch.pendingStarts).toMatchObject([{ flowId: 'newcomers', source: 'event', text: 'hello' }])
  })

  test('is new once, and not at all after a text of ours', () => {
    const phone = onePhone({ flows: [anyText, newcomers('skip')] })
    phone.says('hi')
    phone.says('hi')
    expect(phone.texts).toEqual(['Any text.'])
    const written = onePhone({ flows: [anyText, newcomers('skip')], row: { rev: 1 } })
    written.says('hi')
    expect(written.texts).toEqual(['Any text.'])
  })
})

test('START begins the flow that waits for an opt-in, after its confirmation', () => {
  const phone = onePhone({ flows: [sayingFlow(['on-opt-in'], 'You said {{ reply.text }}.')] })
  phone.says('STOP')
  expect(phone.events('consent.changed')).toMatchObject([{ consent: 'out', topic: '', source: 'keyword' }])
  phone.says('Start')
  expect(phone.texts).toEqual(['Started.', 'You said Start.'])
})

describe('a start by the API', () => {
  const asked = (type: string, whenBusy?: string) =>
    sayingFlow([type, whenBusy === undefined ? {} : { whenBusy }], 'Asked.', 'asked')

  test.each([
    { flow: asked('on-api', 'queue'), onBusy: undefined, outcome: { status: 'waiting' } },
    { flow: asked('on-api', 'interrupt'), onBusy: undefined, outcome: { status: 'started' } },
    { flow: asked('on-api', 'interrupt'), onBusy: 'skip', outcome: { status: 'ignored', reason: 'busy' } },
    // A start that is meant for texts says nothing about the API.
    { flow: asked('on-mo', 'interrupt'), onBusy: undefined, outcome: { status: 'ignored', reason: 'busy' } },
  ])('of a flow whose start is $flow.nodes.0.type with onBusy $onBusy', ({ flow, onBusy, outcome }) => {
    const phone = onePhone({ flows: [greetingFlow(), flow] })
    phone.says('hello')
    expect(start(phone, onBusy === undefined ? {} : { onBusy })).toMatchObject(outcome)
  })

  test('waits behind those that wait already, though nothing runs at this moment', () => {
    const phone = onePhone({ flows: [asked('on-api')], row: { hasPendingStart: true } })
    expect(start(phone, { onBusy: 'queue' })).toMatchObject({ status: 'waiting' })
    expect(phone.texts).toEqual([])
    expect(start(phone, { onBusy: 'skip' })).toMatchObject({ status: 'started' })
  })

  test.each([
    { by: 'api', text: 'By the API.' },
    { by: 'campaign', text: 'By a campaign.' },
  ])('takes the start that is meant for it: $by', ({ by, text }) => {
    const flow = {
      ...sayingFlow(['on-mo'], '', 'asked'),
      nodes: [
        ['a', 'on-mo', {}],
        ['b', 'on-api', {}],
        ['c', 'on-campaign', {}],
        ['api', 'message', { text: 'By the API.' }],
        ['campaign', 'message', { text: 'By a campaign.' }],
        ['end', 'end', { outcome: 'completed' }],
      ].map(([id, type, data]) => ({ id, type, data, position: { x: 0, y: 0 } })) as never,
      edges: [
        ['a', 'api'],
        ['b', 'api'],
        ['c', 'campaign'],
        ['api', 'end'],
        ['campaign', 'end'],
      ].map(([source = '', target = '']) => ({ id: source, source, sourceHandle: 'next', target })),
    }
    const phone = onePhone({ flows: [flow] })
    start(phone, { by })
    expect(phone.texts).toEqual([text])
  })
})
