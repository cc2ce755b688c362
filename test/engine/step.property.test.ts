import type { FlowDocument, SessionEvent, StepResult } from '@textloom/core'
import { type CompiledFlow, compileFlow, step } from '@textloom/engine'
import { flowOf, type NodeSketch } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

const noon = Date.UTC(2026, 0, 1, 12)
const nothing: StepResult = { stored: null, timers: [], effects: [], path: [], rest: null }

const texts = fc.oneof(
  fc.constantFrom('yes', 'no', '1', '2', '42', '', ' ', '{{ vars.a }}'),
  fc.string({ unit: 'binary' }),
)
const values = fc.constantFrom(
  '{{ reply.text }}',
  '{{ vars.a }}',
  'x',
  '{{ vars.b | append: reply.text | slice: 0, 9 }}',
)

/** Nodes without their exits, and which exits they have. */
const bodies: fc.Arbitrary<{ type: string; data: FlowDocument['nodes'][number]['data']; handles: readonly string[] }> =
  fc.oneof(
    values.map((text) => ({ type: 'message', data: { text }, handles: ['next'] })),
    values.map((value) => ({ type: 'set', data: { variable: 'b', value }, handles: ['next'] })),
    fc
      .constantFrom('PT1S', 'PT2H', 'P40D')
      .map((duration) => ({ type: 'wait', data: { duration }, handles: ['next'] })),
    fc.record({ retries: fc.integer({ min: 0, max: 2 }), timeout: fc.constantFrom('PT1H', 'P30D') }).map((data) => ({
      type: 'ask',
      data: { text: 'Age?', kind: 'number', variable: 'a', ...data },
      handles: ['next', 'other', 'timeout'],
    })),
    fc.integer({ min: 0, max: 2 }).map((retries) => ({
      type: 'menu',
      data: {
        text: 'Which?',
        options: [
          { id: 'one', label: 'Yes', synonyms: [] },
          { id: 'two', label: 'No', synonyms: ['n'] },
        ],
        retries,
      },
      handles: ['one', 'two', 'other'],
    })),
    fc.constant({
      type: 'split',
      data: { rules: [{ id: 'r', left: 'reply.text', op: 'equals', right: 'yes' }] },
      handles: ['r', 'other'],
    }),
    fc.integer({ min: 0, max: 2 }).map((retries) => ({
      type: 'http',
      data: {
        method: 'GET',
        url: 'https://x.test/{{ reply.text }}',
        map: [{ variable: 'b', path: 'b' }],
        timeout: 'PT9S',
        retries,
      },
      handles: ['success', 'failure', 'timeout'],
    })),
    fc.constant({ type: 'end', data: { outcome: 'completed' }, handles: [] }),
  )

/** Any flow at all: exits lead anywhere, circles without a wait among them. */
const flows: fc.Arbitrary<FlowDocument> = fc
  .array(fc.record({ body: bodies, targets: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((nodes) => {
    const sketches = nodes.map(({ body: { type, data, handles }, targets }, index): [string, NodeSketch] => {
      const to = Object.fromEntries(handles.map((handle, at) => [handle, `n${(targets[at] ?? 0) % nodes.length}`]))
      return [`n${index}`, { type, data, to }]
    })
    return flowOf(
      { start: { type: 'catch-all', to: { next: 'n0' } }, ...Object.fromEntries(sketches) },
      {
        variables: [
          { name: 'a', type: 'number' },
          { name: 'b', type: 'text', default: '' },
        ],
      },
    )
  })

/** What happens, given what is pending: timers are fired by their place in the list. */
type Happening = { readonly event: SessionEvent } | { readonly timer: number }

const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: texts.map((text): Happening => ({ event: { type: 'mo', text } })) },
  { weight: 3, arbitrary: fc.nat({ max: 3 }).map((timer): Happening => ({ timer })) },
  texts.map((text): Happening => ({ event: { type: 'start', node: 'start', text } })),
  fc
    .record({ id: fc.constantFrom('n0', 'n1'), status: fc.constantFrom(200, 404, 503), body: fc.jsonValue() })
    .map((answer): Happening => ({ event: { type: 'http.done', ...answer } as SessionEvent })),
  fc
    .constantFrom('timeout', 'network')
    .map((error): Happening => ({ event: { type: 'http.error', id: 'n0', error } as SessionEvent })),
  fc.constantFrom<Happening>({ event: { type: 'dlr', state: 'delivered' } }, { event: { type: 'interrupt' } }),
  fc.string().map((type): Happening => ({ event: { type } as unknown as SessionEvent })),
)

/** Plays happenings; `keep` is what a host does with a result between two steps. */
function play(
  compiled: CompiledFlow,
  story: readonly Happening[],
  keep: (result: StepResult) => StepResult,
): StepResult[] {
  const results: StepResult[] = []
  let last = nothing
  let now = noon
  for (const [index, happening] of story.entries()) {
    const { stored, timers } = last
    const timer = 'timer' in happening ? timers[happening.timer] : undefined
    const event: SessionEvent = timer
      ? { type: 'timer', ...timer }
      : 'event' in happening
        ? happening.event
        : { type: 'dlr', state: 'failed' }
    now = Math.max(now, timer?.dueAt ?? 0)
    const contact = { phone: '+15550001', fields: {}, groups: [] }
    const result = step(() => compiled, {
      revision: 'r',
      stored,
      timers,
      event,
      now,
      random: () => 0.5,
      rev: index + 1,
      contact,
      channel: { id: 'c' },
    })
    results.push(result)
    last = keep(result)
  }
  return results
}

test('whatever happens to whatever flow, a step keeps its promises and never throws', () => {
  fc.assert(
    fc.property(flows, fc.array(happenings, { maxLength: 12 }), (flow, story) => {
      for (const { stored, timers, effects, rest, ignored } of play(compileFlow(flow, registry), story, frozen)) {
        const ends = effects.filter(({ kind }) => kind === 'end')
        expect(ends.length).toBe(stored || ignored ? 0 : 1)
        if (ends.length > 0) expect(effects.at(-1)).toBe(ends[0])
        if (!stored) expect([timers, rest]).toEqual([[], null])
        if (!stored || ignored) continue
        const expiry = timers.filter(({ id }) => id === 'session.expiry')
        expect(expiry).toHaveLength(1)
        expect(Math.max(...timers.map(({ dueAt }) => dueAt))).toBe(expiry[0]?.dueAt)
        expect(rest?.node).toBe(nodeOf(stored.frames[0]?.snapshot.value))
      }
    }),
    { numRuns: 200 },
  )
})

test('a session kept as JSON between events is the session kept in memory', () => {
  fc.assert(
    fc.property(flows, fc.array(happenings, { maxLength: 12 }), (flow, story) => {
      const compiled = compileFlow(flow, registry)
      const inMemory = play(compiled, story, (result) => result)
      expect(play(compiled, story, reread)).toStrictEqual(inMemory)
      expect(inMemory.map(reread)).toStrictEqual(inMemory)
    }),
    { numRuns: 100 },
  )
})

function reread<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

/** Makes a step that changes what it was given throw. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}

function nodeOf(value: unknown): unknown {
  return typeof value === 'string' ? value : Object.keys(value as object)[0]
}
