import type { SavedTest } from '@textloom/core'
import { coverageOf, runSavedTest } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'

const flow = flowOf(
  {
    word: { type: 'keyword', data: { keywords: ['vote'], match: 'exact' }, to: { next: 'ask' } },
    ask: {
      type: 'ask',
      data: {
        text: 'Red or blue?',
        kind: 'choice',
        variable: 'colour',
        choices: [
          { id: 'red', label: 'Red', synonyms: [] },
          { id: 'blue', label: 'Blue', synonyms: [] },
        ],
        retries: 0,
        timeout: 'PT1H',
      },
      to: { red: 'tell', blue: 'tell', other: 'bye', timeout: 'bye' },
    },
    tell: {
      type: 'http',
      data: { method: 'POST', url: 'https://x.test/', body: { colour: '{{ vars.colour }}' }, map: [], timeout: 'PT5S' },
      to: { success: 'bye', failure: 'bye', timeout: 'bye' },
    },
    bye: { type: 'message', data: { text: 'Bye' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  { variables: [{ name: 'colour', type: 'text' }] },
)

const votes: SavedTest['steps'] = [
  { mo: 'vote' },
  { mt: 'Red or blue?' },
  { wait: 'reply' },
  { mo: 'red' },
  { result: { name: 'colour', value: 'red', category: 'red' } },
  { visits: 'tell' },
  { request: { method: 'POST', url: 'https://x.test/', body: { colour: 'red' } } },
  { wait: 'http' },
  { http: { status: 200 } },
  { mt: 'Bye' },
  { end: 'completed' },
  { mo: 'hm' },
  { ignored: 'no-match' },
]

const run = (steps: SavedTest['steps'], more: Partial<SavedTest> = {}) =>
  runSavedTest(flow, registry, { name: 'votes', steps, ...more })

test('a conversation that goes as saved passes', () => {
  expect(run(votes)).toMatchObject({ passed: true })
})

test('what is not listed is not checked, texts aside', () => {
  const steps = votes.filter(
    (step) => !('wait' in step || 'result' in step || 'visits' in step || 'request' in step || 'ignored' in step),
  )
  expect(run(steps).failure).toBeUndefined()
})

test.each<{ title: string; steps: SavedTest['steps']; step: number; expected: string; got: string }>([
  {
    title: 'another text',
    steps: [{ mo: 'vote' }, { mt: 'Red or green?' }],
    step: 1,
    expected: 'the text "Red or green?"',
    got: '< "Red or blue?"',
  },
  {
    title: 'a text that is not listed before the next input',
    steps: [{ mo: 'vote' }, { mo: 'red' }],
    step: 1,
    expected: '> "red"',
    got: '< "Red or blue?"',
  },
  {
    title: 'a text that is not listed at the end',
    steps: [{ mo: 'vote' }],
    step: 1,
    expected: 'nothing more',
    got: '< "Red or blue?"',
  },
  {
    title: 'a text that must stand before what is expected',
    steps: [{ mo: 'vote' }, { wait: 'reply' }],
    step: 1,
    expected: 'a wait for reply',
    got: '< "Red or blue?"',
  },
  {
    title: 'a text that does not come',
    steps: [{ mo: 'vote' }, { mt: 'Red or blue?' }, { mt: 'Quick!' }],
    step: 2,
    expected: 'the text "Quick!"',
    got: '  waits for reply until 2026-01-01T13:00:00.000Z in ask',
  },
  {
    title: 'another result',
    steps: [{ mo: 'vote' }, { mt: 'Red or blue?' }, { mo: 'red' }, { result: { name: 'colour', value: 'blue' } }],
    step: 3,
    expected: 'the result {"name":"colour","value":"blue"}',
    got: '  result colour = "red"',
  },
  {
    title: 'things in another order',
    steps: [
      { mo: 'vote' },
      { mt: 'Red or blue?' },
      { mo: 'red' },
      { wait: 'http' },
      { result: { name: 'colour', value: 'red' } },
    ],
    step: 4,
    expected: 'the result {"name":"colour","value":"red"}',
    got: 'nothing',
  },
  {
    title: 'another request',
    steps: [
      { mo: 'vote' },
      { mt: 'Red or blue?' },
      { mo: 'red' },
      { request: { method: 'POST', url: 'https://x.test/', body: { colour: 'blue' } } },
    ],
    step: 3,
    expected: 'the request {"method":"POST","url":"https://x.test/","body":{"colour":"blue"}}',
    got: '  POST https://x.test/ {"colour":"red"}',
  },
  {
    title: 'a node that is not passed',
    steps: [{ mo: 'vote' }, { mt: 'Red or blue?' }, { visits: 'bye' }],
    step: 2,
    expected: 'a visit to node bye',
    got: 'nodes word, ask',
  },
  {
    title: 'another end',
    steps: [{ mo: 'vote' }, { mt: 'Red or blue?' }, { advance: 'PT1H' }, { mt: 'Bye' }, { end: 'expired' }],
    step: 4,
    expected: 'the end expired',
    got: '  end: completed',
  },
  {
    title: 'a duration that is none',
    steps: [{ advance: 'soon' }],
    step: 0,
    expected: 'a step that can be played',
    got: '"soon" is not a duration: write for example 90s, 30m, 1h30m, 7d or PT2H.',
  },
])('$title fails the test', ({ steps, step, expected, got }) => {
  expect(run(steps)).toMatchObject({ passed: false, failure: { step, expected, got } })
})

test('a failure brings the conversation as it went', () => {
  expect(
    run([{ mo: 'vote' }, { mt: 'Red or blue?' }, { advance: 'PT1H' }, { mt: 'Hello' }]).failure?.transcript,
  ).toEqual([
    '> "vote"',
    '< "Red or blue?"',
    '  waits for reply until 2026-01-01T13:00:00.000Z in ask',
    '> … PT1H later',
    '< "Bye"',
    '  end: completed',
  ])
})

test('contact, time, seed and start are those of the test', () => {
  const steps: SavedTest['steps'] = [
    { mt: 'Red or blue?' },
    { mo: 'STOP' },
    { mt: 'Sie sind abgemeldet. Antworten Sie START, um sich wieder anzumelden.' },
    { end: 'interrupted' },
  ]
  expect(run(steps, { start: true, contact: { language: 'de' }, now: '2027-05-05T00:00:00Z' }).failure).toBeUndefined()
  expect(run(steps, { now: 'today' }).failure?.got).toContain('is not a moment')
})

describe('coverage', () => {
  test('names the connected exits that no test takes', () => {
    const { exits, notReached } = coverageOf(flow, [run(votes).path])
    expect(exits).toHaveLength(9)
    expect(notReached.map(({ node, handle }) => `${node}.${handle}`)).toEqual([
      'ask.blue',
      'ask.other',
      'ask.timeout',
      'tell.failure',
      'tell.timeout',
    ])
  })
})
