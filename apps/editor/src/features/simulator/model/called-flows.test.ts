import type { FlowDocument, SimulateInput } from '@textloom/core'
import { flowOf } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { playConversation } from '../../../worker/play-conversation.ts'
import { runTests } from '../../../worker/run-tests.ts'
import { calledFlows } from './called-flows.ts'
import { entriesOf } from './entries.ts'
import { openRequestOf, restOf, runPathOf } from './run-path.ts'
import { testFromRun, usualScope } from './test-from-run.ts'

const end = { type: 'end', data: { outcome: 'completed' } }
const keyword = { type: 'keyword', data: { keywords: ['go'], match: 'only' } }

function calling(id: string, flow: string): FlowDocument {
  const back = { type: 'message', data: { text: 'Back again. STOP to end.' }, to: { next: 'end' } }
  const call = { type: 'call', data: { flow, map: [] }, to: { next: 'back', expired: 'end', failed: 'end' } }
  return flowOf({ begin: { ...keyword, to: { next: 'call' } }, call, back, end }, { id })
}

const parent = calling('parent', 'child')
const child = flowOf(
  {
    begin: { type: 'catch-all', to: { next: 'call' } },
    // Called as the step that calls it, on purpose.
    call: {
      type: 'ask',
      data: {
        text: 'Which?',
        kind: 'choice',
        variable: 'which',
        choices: [{ id: 'red', label: 'Red', synonyms: [] }],
        retries: 0,
      },
      to: { red: 'count', other: 'count' },
    },
    count: {
      type: 'http',
      data: { method: 'GET', url: 'https://count.example/', map: [], timeout: 'PT10S' },
      to: { success: 'end', failure: 'end', timeout: 'end' },
    },
    end,
  },
  { id: 'child', variables: [{ name: 'which', type: 'text' }] },
)

function play(inputs: readonly SimulateInput[], called: readonly FlowDocument[] = [child], flow = parent) {
  const played = playConversation(flow, {}, inputs, called)
  if (played.kind === 'refused') throw new Error(played.issues.map(({ message }) => message).join('\n'))
  return played.turns
}

describe('the flows that a flow calls', () => {
  const flows = new Map([calling('a', 'b'), calling('b', 'c'), calling('c', 'a')].map((flow) => [flow.id, flow]))

  test.each([
    { of: 'a', come: ['b', 'c'] },
    { of: 'c', come: ['a', 'b'] },
  ])('are loaded once each, those of $of too, in a circle too', async ({ of, come }) => {
    const loaded: string[] = []
    const found = await calledFlows(flows.get(of) ?? parent, registry, async (id) => {
      loaded.push(id)
      return flows.get(id)
    })
    expect(found.map(({ id }) => id)).toEqual(come)
    expect(loaded).toEqual(come)
  })

  test('that are not there are left out', async () => {
    expect(await calledFlows(parent, registry, async () => undefined)).toEqual([])
  })
})

describe('while a called flow is open', () => {
  test('the phone tells of its texts without leading to steps that are not on the canvas', () => {
    const turns = play([{ mo: 'go' }, { mo: '1' }, { http: { status: 200 } }])
    expect(entriesOf(turns).map(({ text, node }) => (node === undefined ? text : `${text} (${node})`))).toEqual([
      'go',
      'Went on in the flow “child”.',
      'Which?',
      '1',
      'Asked GET https://count.example/',
      'The server answered 200.',
      'Came back from the flow “child”.',
      'Back again. STOP to end. (back)',
      'Conversation completed',
    ])
  })

  test('the canvas shows the step that called it', () => {
    const turns = play([{ mo: 'go' }])
    expect(restOf(turns)).toMatchObject({ for: 'reply', node: 'call', flow: 'child' })
    expect(runPathOf(turns)).toEqual({
      passed: [{ node: 'begin' }, { node: 'begin', handle: 'next' }, { node: 'call' }],
      current: 'call',
    })
  })

  test('a request of its is told apart from one of the flow on the canvas', () => {
    expect(openRequestOf(play([{ mo: 'go' }, { mo: '1' }]))?.node).toBe('child/count')
  })
})

test.each([
  { what: 'there', called: [child], passes: true },
  { what: 'not there', called: [], passes: false },
  { what: 'not right yet', called: [{ ...child, edges: [] }], passes: false },
])('a saved test passes as its conversation went when the called flow is $what: $passes', ({ called, passes }) => {
  const saved = testFromRun('called', {}, play([{ mo: 'go' }, { mo: '1' }, { http: { status: 200 } }]), usualScope)
  const run = runTests({ ...parent, tests: [saved] }, called)
  expect(run.kind === 'ran' && run.results.get('called')?.passed).toBe(passes)
})

test('a saved test holds what the contact became, and who was told', () => {
  const flow = flowOf({
    begin: { ...keyword, to: { next: 'name' } },
    name: { type: 'contact-update', data: { name: 'Ana', fields: [] }, to: { next: 'group' } },
    group: { type: 'groups', data: { add: ['fans'], remove: [] }, to: { next: 'people' } },
    people: {
      type: 'escalate',
      data: { queue: 'desk', note: 'Call back.', priority: 'normal' },
      to: { resolved: 'end', unavailable: 'end', 'outside-hours': 'end', timeout: 'end' },
    },
    end,
  })
  const saved = testFromRun('held', {}, play([{ mo: 'go' }], [], flow), usualScope)
  expect(saved.steps).toEqual([
    { mo: 'go' },
    { contact: { name: 'Ana' } },
    { contact: { group: 'fans', change: 'added' } },
    { ticket: { queue: 'desk', note: 'Call back.' } },
  ])
  expect(runTests({ ...flow, tests: [saved] })).toMatchObject({ results: new Map([['held', { passed: true }]]) })
})

test('a saved test holds what a called flow does to the contact', () => {
  const naming = flowOf(
    {
      begin: { type: 'catch-all', to: { next: 'name' } },
      name: { type: 'contact-update', data: { name: 'Ana', fields: [] }, to: { next: 'end' } },
      end,
    },
    { id: 'child' },
  )
  const saved = testFromRun('named', {}, play([{ mo: 'go' }], [naming]), usualScope)
  expect(saved.steps).toContainEqual({ contact: { name: 'Ana' } })
  expect(runTests({ ...parent, tests: [saved] }, [naming])).toMatchObject({
    results: new Map([['named', { passed: true }]]),
  })
})
