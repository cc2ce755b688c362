import { readFileSync } from 'node:fs'
import { type FlowDocument, parseFlow } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { type Played, playConversation } from '../../worker/play-conversation.ts'
import { runTests } from '../../worker/run-tests.ts'
import { entriesOf } from './model/entries.ts'
import { openRequestOf } from './model/run-path.ts'
import type { Stubs } from './model/stubs.ts'
import { createSimulatorStore, type SimulatorStore, type SimulatorTools } from './simulator-store.ts'

function example(name: string): FlowDocument {
  const text = readFileSync(new URL(`../../../../../examples/${name}/flow.json`, import.meta.url), 'utf8')
  const parsed = parseFlow(text, registry)
  if (!parsed.ok) throw new Error('the example is sound')
  return parsed.flow
}

const askNobody = async () => ({ refusal: 'Nobody is asked here.' })

function phone(
  start: FlowDocument,
  kept: Stubs = new Map(),
  askLive: SimulatorTools['askLive'] = askNobody,
  called: readonly FlowDocument[] = [],
) {
  const desk = { flow: start, stubs: kept }
  const store = createSimulatorStore({
    play: async (...args) => playConversation(...args),
    runTests: async (...args) => runTests(...args),
    document: () => desk.flow,
    calledBy: async () => called,
    keeper: { read: () => desk.stubs, write: (stubs) => Object.assign(desk, { stubs }) },
    askLive,
  })
  return { store, desk }
}

const chat = ({ getState }: SimulatorStore) => entriesOf(getState().turns).map(({ text }) => text)
const withText = (flow: FlowDocument, node: string, text: string): FlowDocument => ({
  ...flow,
  nodes: flow.nodes.map((each) => (each.id === node ? { ...each, data: { ...each.data, text } } : each)),
})

describe('a conversation', () => {
  test('is held by texting, and moved on by the clock', async () => {
    const { store } = phone(example('help-menu'))
    await store.restart()
    await store.say('menu')
    expect(chat(store)).toHaveLength(2)
    expect(store.getState().nextDue).toEqual({ at: Date.UTC(2026, 0, 1, 12, 15), isExpiry: false })
    await store.advanceToNext()
    expect(chat(store).at(-1)).toBe('Conversation completed')
    await store.advanceToNext()
    expect(store.getState().inputs).toHaveLength(2)
  })

  test('waits for its button when there is no keyword', async () => {
    const flow = example('help-menu')
    const silent = {
      ...flow,
      nodes: flow.nodes.map((node) => (node.type === 'keyword' ? { ...node, type: 'catch-all', data: {} } : node)),
    }
    const { store } = phone(silent)
    await store.restart()
    expect(chat(store)).toEqual([])
    await store.restart({ start: true })
    expect(chat(store)).toHaveLength(1)
  })

  test('goes back to any turn, and on from there', async () => {
    const { store } = phone(example('help-menu'))
    await store.restart()
    for (const text of ['menu', '1', '2']) await store.say(text)
    await store.backTo(1)
    expect(store.getState().inputs).toEqual([{ mo: 'menu' }])
    await store.say('3')
    expect(chat(store).at(-2)).toContain('Monday')
  })

  test('keeps what was typed while it was still being played', async () => {
    const { store } = phone(example('help-menu'))
    void store.restart()
    const first = store.say('menu')
    expect(store.getState().inputs).toHaveLength(1)
    await Promise.all([first, store.say('3')])
    expect(store.getState().turns).toHaveLength(3)
  })
})

describe('when the flow changes', () => {
  test('the conversation is played again with the new texts, and says that it went differently', async () => {
    const flow = example('help-menu')
    const { store, desk } = phone(flow)
    await store.restart()
    await store.say('menu')
    desk.flow = withText(flow, 'main', 'New text')
    await store.documentChanged()
    expect(chat(store)).toEqual(['menu', 'New text'])
    expect(store.getState().hasTurned).toBe(true)
    await store.say('3')
    expect(store.getState().hasTurned).toBe(false)
  })

  test('in a way that does not matter, nothing is played', async () => {
    const flow = example('help-menu')
    let plays = 0
    const store = createSimulatorStore({
      play: async (...args) => {
        plays += 1
        return playConversation(...args)
      },
      runTests: async (...args) => runTests(...args),
      document: () => ({ ...flow, name: `Flow ${plays}` }),
      calledBy: async () => [],
      keeper: { read: () => new Map(), write: () => {} },
      askLive: askNobody,
    })
    await store.documentChanged()
    await store.restart()
    await store.documentChanged()
    expect(plays).toBe(1)
  })

  test('so that it cannot be played, the conversation stays and the errors are told', async () => {
    const flow = example('help-menu')
    const { store, desk } = phone(flow)
    await store.restart()
    await store.say('menu')
    desk.flow = withText(flow, 'main', '')
    await store.documentChanged()
    expect(store.getState().refusal.map(({ code }) => code)).toEqual(['menu/no-text'])
    expect(chat(store)).toHaveLength(2)
    desk.flow = flow
    await store.documentChanged()
    expect(store.getState().refusal).toEqual([])
  })
})

describe('requests to web services', () => {
  test('wait for an answer, and are answered by themselves once one is kept', async () => {
    const { store, desk } = phone(example('short-code-vote'))
    await store.restart()
    await store.say('VOTE ana')
    expect(openRequestOf(store.getState().turns)?.node).toBe('count')
    await store.answer({ status: 200, json: { votes: 5 } }, 'count')
    const said = chat(store)
    await store.restart()
    await store.say('VOTE ana')
    expect(chat(store)).toEqual(said)
    expect(desk.stubs.size).toBe(1)
    store.forgetStub('count')
    expect(desk.stubs.size).toBe(0)
  })

  test('are answered by the real server when it is asked for, and then each time', async () => {
    const asked: string[] = []
    const { store, desk } = phone(example('short-code-vote'), new Map(), async ({ method, url, node }) => {
      asked.push(`${node}: ${method} ${url}`)
      return { answer: { status: 200, json: { votes: 7 } } }
    })
    await store.restart()
    await store.say('VOTE ana')
    await store.answerLive(true)
    expect(chat(store).join()).toContain('7 votes')
    expect(desk.stubs).toEqual(new Map([['count', 'live']]))
    await store.restart()
    await store.say('VOTE ana')
    expect(chat(store).join()).toContain('7 votes')
    expect(asked).toEqual(Array(2).fill('count: POST https://vote.example.com/api/votes'))
  })

  test('stay open when the real server was not heard, with the reason', async () => {
    const { store, desk } = phone(example('short-code-vote'))
    await store.restart()
    await store.say('VOTE ana')
    await store.answerLive(true)
    expect(store.getState().live).toEqual({ refusal: 'Nobody is asked here.' })
    expect(openRequestOf(store.getState().turns)?.node).toBe('count')
    expect(desk.stubs.size).toBe(0)
    await store.answer({ error: 'timeout' })
    expect(store.getState().live).toBeUndefined()
  })

  test('that never stop being asked are left waiting in the end', async () => {
    const asking: Played = {
      kind: 'played',
      nextDue: null,
      turns: [
        {
          outputs: [
            {
              turn: 0,
              at: '2026-01-01T12:00:00.000Z',
              type: 'http',
              method: 'GET',
              url: 'https://x.test/',
              headers: {},
            },
            { turn: 0, at: '2026-01-01T12:00:00.000Z', type: 'wait', for: 'http', until: null, node: 'again' },
          ],
          path: [],
          now: 0,
          memory: null,
        },
      ],
    }
    const store = createSimulatorStore({
      play: async () => asking,
      runTests: async (...args) => runTests(...args),
      document: () => example('help-menu'),
      calledBy: async () => [],
      keeper: { read: () => new Map([['again', { status: 500 }]]), write: () => {} },
      askLive: askNobody,
    })
    await store.restart()
    expect(store.getState().inputs).toHaveLength(20)
  })
})

describe('saved tests', () => {
  test('are run, and their results go when the flow changes', async () => {
    const flow = example('help-menu')
    const { store, desk } = phone(flow)
    await store.restart()
    await store.test()
    expect([...store.getState().results.values()].map(({ passed }) => passed)).toEqual(flow.tests?.map(() => true))
    desk.flow = withText(flow, 'main', 'New text')
    await store.documentChanged()
    expect(store.getState().results.size).toBe(0)
    const [first] = flow.tests ?? []
    await store.test([first?.name ?? ''])
    expect([...store.getState().results.values()].map(({ passed }) => passed)).toEqual([false])
  })

  test('that were run with a change already stay when the change is heard of late', async () => {
    const flow = example('help-menu')
    const { store, desk } = phone(flow)
    await store.restart()
    await store.test()
    desk.flow = withText(flow, 'main', 'New text')
    await store.test()
    await store.documentChanged()
    expect([...store.getState().results.values()].some(({ passed }) => !passed)).toBe(true)
    expect(store.getState().results.size).toBe(flow.tests?.length)
  })

  test('are played on the phone as they were saved', async () => {
    const { store } = phone(example('short-code-vote'), new Map([['count', { status: 500 }]]))
    for (const saved of example('short-code-vote').tests ?? []) {
      await store.load(saved)
      const texts = saved.steps.flatMap((step) => ('mt' in step ? [step.mt] : []))
      const heard = entriesOf(store.getState().turns).flatMap(({ kind, text }) => (kind === 'mt' ? [text] : []))
      expect(heard).toEqual(texts)
    }
  })
})

test('what breaks elsewhere is told in its own words', async () => {
  const store = createSimulatorStore({
    play: () => Promise.reject(new Error('The worker is gone.')),
    runTests: () => Promise.reject(new Error('The worker is gone.')),
    document: () => example('help-menu'),
    calledBy: async () => [],
    keeper: { read: () => new Map(), write: () => {} },
    askLive: askNobody,
  })
  await store.restart()
  expect(store.getState().failure).toBe('The worker is gone.')
  await store.test()
  expect(store.getState()).toMatchObject({ isTesting: false, failure: 'The worker is gone.' })
})
