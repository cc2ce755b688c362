import { readFileSync } from 'node:fs'
import { type FlowDocument, parseFlow, type SimulateInput } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { differenceSides, differenceWords } from '../../../document/test-difference.ts'
import { type PlayedTurn, playConversation, type Scenario } from '../../../worker/play-conversation.ts'
import { runTests } from '../../../worker/run-tests.ts'
import { entriesOf, gapsOf } from './entries.ts'
import { playKey } from './play-key.ts'
import { quickReplies } from './quick-replies.ts'
import { openRequestOf, restOf, runPathOf } from './run-path.ts'
import { scenarioOf, testFromRun, testName, usualScope } from './test-from-run.ts'

function example(name: string): FlowDocument {
  const parsed = parseFlow(
    readFileSync(new URL(`../../../../../../examples/${name}/flow.json`, import.meta.url), 'utf8'),
    registry,
  )
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'))
  return parsed.flow
}

const menu = example('help-menu')
const vote = example('short-code-vote')
const reminder = example('appointment-reminder')

function play(flow: FlowDocument, inputs: readonly SimulateInput[], scenario: Scenario = {}): readonly PlayedTurn[] {
  const played = playConversation(flow, scenario, inputs)
  if (played.kind === 'refused') throw new Error(played.issues.map(({ message }) => message).join('\n'))
  return played.turns
}

describe('the conversation on the phone', () => {
  test('reads like a chat', () => {
    const turns = play(menu, [{ mo: 'hello' }, { mo: 'menu' }, { mo: '3' }])
    expect(
      entriesOf(turns).map(({ kind, text, cost }) => `${kind}${cost ? ` (${cost.segments})` : ''} ${text}`),
    ).toMatchInlineSnapshot(`
      [
        "mo hello",
        "note No keyword of this flow fits “hello”, so nobody answers.",
        "mo menu",
        "mt (1) Northwind Broadband: reply 1 for billing, 2 for technical help, 3 for opening hours or 4 to talk to us.",
        "mo 3",
        "mt (1) We are here Monday to Friday from 8 to 20 and Saturday from 9 to 14.",
        "mt (1) Can we help with anything else? Reply YES or NO.",
      ]
    `)
  })

  test('shows the time that passed where it brings something, and says when it brought nothing', () => {
    const turns = play(menu, [{ mo: 'menu' }, { advance: 'PT1M' }, { advance: 'PT1H' }])
    const entries = entriesOf(turns)
    expect(entries.map(({ kind, text }) => `${kind} ${text}`).slice(2)).toMatchInlineSnapshot(`
      [
        "note 1 min passed, nothing happened.",
        "note Conversation completed",
      ]
    `)
    const gaps = gapsOf(entries, Date.UTC(2026, 0, 1, 12))
    expect([...gaps.values()].map((gapMs) => gapMs / 60_000)).toMatchInlineSnapshot(`
      [
        14,
      ]
    `)
  })
})

describe('what the contact may reply', () => {
  test('are the keywords before the conversation', () => {
    expect(quickReplies(menu.nodes, undefined)).toEqual([{ text: 'MENU' }, { text: 'INFO' }])
  })

  test('are the options of the menu it waits in', () => {
    const turns = play(menu, [{ mo: 'menu' }])
    expect(quickReplies(menu.nodes, restOf(turns)?.node)).toEqual([
      { text: '1', label: 'Billing' },
      { text: '2', label: 'Technical help' },
      { text: '3', label: 'Opening hours' },
      { text: '4', label: 'Talk to us' },
    ])
  })

  test('are the choices, or yes and no, of a question', () => {
    expect(quickReplies(vote.nodes, 'who').map(({ label }) => label)).toEqual(['Ana', 'Bruno', 'Chloe'])
    const yesNo = menu.nodes.find(({ data }) => data.kind === 'yes-no')
    expect(quickReplies(menu.nodes, yesNo?.id)).toEqual([{ text: 'Yes' }, { text: 'No' }])
  })

  test('are unknown where any text is an answer', () => {
    expect(quickReplies([{ id: 'a', type: 'ask', position: { x: 0, y: 0 }, data: { kind: 'text' } }], 'a')).toEqual([])
  })
})

describe('the way on the canvas', () => {
  test('leads from the start to where the session rests', () => {
    const { passed, current } = runPathOf(play(menu, [{ mo: 'menu' }, { mo: '1' }]))
    expect(passed).toEqual([
      { node: 'start' },
      { node: 'start', handle: 'next' },
      { node: 'main' },
      { node: 'main', handle: 'billing' },
      { node: 'billing' },
    ])
    expect(current).toBe('billing')
  })

  test('stays when the session has ended, and begins anew with the next', () => {
    const ended = play(menu, [{ mo: 'menu' }, { mo: 'STOP' }])
    expect(runPathOf(ended)).toMatchObject({ current: undefined })
    expect(runPathOf(ended).passed.map(({ node }) => node)).toContain('main')
    const again = play(menu, [{ mo: 'menu' }, { mo: '1' }, { mo: 'STOP' }, { mo: 'START' }, { mo: 'menu' }])
    expect(runPathOf(again).passed.map(({ node }) => node)).not.toContain('billing')
  })
})

test('a request that waits is found with its step', () => {
  const turns = play(vote, [{ mo: 'vote ana' }])
  expect(openRequestOf(turns)).toMatchObject({ node: 'count', method: 'POST', body: expect.anything() })
  expect(openRequestOf(play(vote, [{ mo: 'vote ana' }, { http: { status: 200, json: {} } }]))).toBeUndefined()
})

test('what time does next is told, and whether it is the end', () => {
  const waiting = playConversation(reminder, { start: true, params: { date: 'today' } }, [])
  expect(waiting).toMatchObject({ nextDue: { at: Date.UTC(2026, 0, 1, 16), isExpiry: false } })
  expect(playConversation(menu, {}, [])).toMatchObject({ nextDue: null })
})

test('a flow with errors is refused with them, not thrown about', () => {
  const broken = { ...menu, edges: menu.edges.slice(1) }
  expect(playConversation(broken, {}, [])).toMatchObject({
    kind: 'refused',
    issues: [{ code: 'flow/open-exit', node: 'start' }],
  })
  expect(runTests(broken)).toMatchObject({ kind: 'refused' })
})

describe('a test saved from a conversation', () => {
  const everything = { results: true, requests: true, contact: true, people: true, end: true, visits: true }
  const nothing = { results: false, requests: false, contact: false, people: false, end: false, visits: false }
  test.each<[string, FlowDocument, Scenario, SimulateInput[]]>([
    ['a menu', menu, {}, [{ mo: 'hm' }, { mo: 'info' }, { mo: '9' }, { mo: '2' }, { advance: 'PT2H' }]],
    ['a vote with a request', vote, {}, [{ mo: 'VOTE ana' }, { http: { status: 200, json: { votes: 3 } } }]],
    [
      'a start without a text',
      reminder,
      {
        start: true,
        params: { name: 'Ana', date: 'today' },
        contact: { name: 'Ana' },
        now: Date.UTC(2030, 1, 1),
        seed: 7,
      },
      [{ mo: '2' }, { mo: 'Friday' }],
    ],
  ])('passes: %s', (_title, flow, scenario, inputs) => {
    const turns = play(flow, inputs, scenario)
    const saved = testFromRun('mine', scenario, turns, everything)
    expect(runTests({ ...flow, tests: [saved] })).toMatchObject({
      kind: 'ran',
      results: new Map([['mine', { passed: true }]]),
    })
    expect(
      play(
        flow,
        saved.steps.filter((step): step is SimulateInput => inputs.includes(step as SimulateInput)),
        scenarioOf(saved),
      ),
    ).toEqual(turns)
  })

  test('holds what it was asked to hold', () => {
    const turns = play(vote, [{ mo: 'VOTE ana' }, { http: { status: 200, json: { votes: 3 } } }])
    const kinds = (scope: typeof usualScope) => [
      ...new Set(testFromRun('t', {}, turns, scope).steps.flatMap((step) => Object.keys(step))),
    ]
    expect(kinds(usualScope)).toEqual(['mo', 'request', 'http', 'mt', 'end'])
    expect(kinds(nothing)).toEqual(['mo', 'http', 'mt'])
  })

  test('is called by what was said', () => {
    expect(testName(play(menu, [{ mo: 'menu' }, { mo: ' 3 ' }]))).toBe('menu · 3')
    expect(testName(play(menu, []))).toBe('Conversation')
    expect(testName(play(menu, [{ mo: 'menu '.repeat(30) }]))).toHaveLength(60)
  })
})

test('the first difference of a failing test is told in words', () => {
  const [saved] = menu.tests ?? []
  if (!saved) throw new Error('the example has tests')
  const run = runTests({
    ...menu,
    tests: [{ ...saved, steps: saved.steps.map((step) => ('mt' in step ? { mt: 'Hm' } : step)) }],
  })
  const failure = run.kind === 'ran' ? run.results.get(saved.name)?.failure : undefined
  expect(failure && differenceWords(failure)).toMatchInlineSnapshot(
    `"Step 2: the text "Hm" was to come, but the text "Northwind Broadband: reply 1 for billing, 2 for technical help, 3 for opening hours or 4 to talk to us." came."`,
  )
})

test.each([
  [{ step: 2, expected: 'the text "A"', got: 'nothing' }, 'Step 3: the text "A" was to come, but nothing came.'],
  [{ step: 0, expected: 'nothing more', got: '< "B"' }, 'Step 1: nothing more was to come, but the text "B" came.'],
  [
    { step: 0, expected: '> "red"', got: '< "B"' },
    'Step 1: the contact was to go on with "red", but the text "B" came.',
  ],
  [
    { step: 0, expected: '> … PT1H later', got: '< "B"' },
    'Step 1: the contact was to go on with PT1H later, but the text "B" came.',
  ],
  [
    { step: 0, expected: 'the end expired', got: '  end: completed' },
    'Step 1: the end expired was to come, but the conversation ended as completed.',
  ],
  [
    { step: 0, expected: 'a visit to node a', got: 'nodes b, c' },
    'Step 1: the step a was to be passed, but it went through b, c.',
  ],
  [{ step: 4, expected: 'a step that can be played', got: 'No.' }, 'Step 5 cannot be played: No.'],
])('%j', (failure, words) => {
  expect(differenceWords({ ...failure, transcript: [] })).toBe(words)
})

test('only what the conversation depends on asks for it to be played again', () => {
  const moved = {
    ...menu,
    name: 'Other',
    tests: [],
    nodes: menu.nodes.map((node) => ({ ...node, position: { x: 1, y: 1 } })),
  }
  expect(playKey(moved)).toBe(playKey(menu))
  expect(playKey({ ...menu, settings: { expiry: 'P1D' } })).not.toBe(playKey(menu))
  expect(playKey({ ...menu, edges: menu.edges.slice(1) })).not.toBe(playKey(menu))
})

test.each([
  ['the text "A"', '< "B"', { expected: 'the text "A"', got: 'the text "B"' }],
  ['nothing more', '< "B"', { expected: 'nothing more', got: 'the text "B"' }],
  ['the text "A"', 'nothing', { expected: 'the text "A"', got: 'nothing' }],
  ['the end completed', '  end: expired', { expected: 'the end completed', got: 'the end expired' }],
  ['> "yes"', '< "B"', { expected: 'the contact goes on with "yes"', got: 'the text "B"' }],
  ['the text "A"', '> … PT1H later', { expected: 'the text "A"', got: 'the contact goes on with PT1H later' }],
  ['a visit to node a', 'nodes b, c', { expected: 'a visit to the step a', got: 'the steps b, c' }],
  ['a wait for time', '  waits for reply in ask', { expected: 'a wait for time', got: 'a wait for reply in ask' }],
])('%s beside %s', (expected, got, sides) => {
  expect(differenceSides({ step: 0, expected, got, transcript: [] })).toEqual(sides)
})
