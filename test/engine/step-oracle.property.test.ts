import type { FlowDocument, JsonObject } from '@textloom/core'
import { Simulator } from '@textloom/engine'
import { flowOf, type NodeSketch } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, Oracle } from './oracle.ts'

const noon = Date.UTC(2026, 0, 1, 12)
const hourMs = 3_600_000

interface Body {
  readonly type: string
  readonly data: JsonObject
  readonly handles: readonly string[]
}

const timeouts = fc.constantFrom('PT1H', 'P1D', 'P3D')
const asking = fc.record(
  { retries: fc.nat(2), timeout: timeouts, retryText: fc.constantFrom('Again?', 'Sorry?') },
  { requiredKeys: ['retries'] },
)
const bodies: fc.Arbitrary<Body> = fc.oneof(
  fc
    .constantFrom('Hello.', 'You said: {{ vars.name }}.')
    .map((text) => ({ type: 'message', data: { text }, handles: ['next'] })),
  fc
    .constantFrom('fixed', '{{ reply.text }}')
    .map((value) => ({ type: 'set', data: { variable: 'name', value }, handles: ['next'] })),
  timeouts.map((duration) => ({ type: 'wait', data: { duration }, handles: ['next'] })),
  asking.map((more) => ({
    type: 'ask',
    data: { text: 'Name?', kind: 'text', variable: 'name', ...more },
    handles: ['next', 'other', 'timeout'],
  })),
  asking.map((more) => ({
    type: 'ask',
    data: { text: 'Sure?', kind: 'yes-no', variable: 'sure', ...more },
    handles: ['yes', 'no', 'other', 'timeout'],
  })),
  asking.map((more) => ({
    type: 'menu',
    data: {
      text: 'Which?',
      options: [
        { id: 'red', label: 'Red', synonyms: ['rouge'] },
        { id: 'blue', label: 'Blue', synonyms: [] },
      ],
      ...more,
    },
    handles: ['red', 'blue', 'other', 'timeout'],
  })),
  fc.constant({
    type: 'split',
    data: { rules: [{ id: 'r', left: 'reply.text', op: 'equals', right: 'yes' }] },
    handles: ['r', 'other'],
  }),
  fc
    .record({ timeout: timeouts }, { requiredKeys: [] })
    .map((data) => ({ type: 'wait-reply', data, handles: ['next', 'timeout'] })),
  fc.constantFrom(1, 2).map((times) => ({ type: 'go-to', data: { times }, handles: ['next', 'limit'] })),
  fc
    .constantFrom({ add: ['fans'], remove: [] }, { add: [], remove: ['fans'] })
    .map((data) => ({ type: 'groups', data, handles: ['next'] })),
  fc.constant({ type: 'split-group', data: { groups: [{ id: 'g', group: 'Fans' }] }, handles: ['g', 'other'] }),
  timeouts.map((timeout) => ({
    type: 'http',
    data: { method: 'GET', url: 'https://count.example/', map: [], timeout },
    handles: ['success', 'failure', 'timeout'],
  })),
  fc
    .constantFrom('completed', 'handed_over')
    .map((outcome) => ({ type: 'end', data: { outcome }, handles: [] as string[] })),
)

/**
 * Any flow whose ways lead on: back only from where something is waited for, or so many times, so that it never goes
 * round for ever.
 */
const anyFlow: fc.Arbitrary<FlowDocument> = fc
  .array(fc.record({ body: bodies, targets: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 9,
  })
  .map((nodes) => {
    const waits = new Set(['wait', 'wait-reply', 'ask', 'menu', 'http'])
    const sketches = nodes.map(({ body: { type, data, handles }, targets }, index): [string, NodeSketch] => {
      const to = handles.map((handle, at): [string, string] => {
        const from = waits.has(type) || (type === 'go-to' && handle === 'next') ? 0 : index + 1
        const target = from + ((targets[at] ?? 0) % (nodes.length - from + 1))
        return [handle, target === nodes.length ? 'last' : `n${target}`]
      })
      return [`n${index}`, { type, data, to: Object.fromEntries(to) }]
    })
    return flowOf(
      {
        start: { type: 'catch-all', to: { next: 'n0' } },
        ...Object.fromEntries(sketches),
        last: { type: 'end', data: { outcome: 'completed' } },
      },
      {
        variables: [
          { name: 'name', type: 'text' },
          { name: 'sure', type: 'boolean' },
        ],
      },
    )
  })

const anyInput = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('yes', 'No', '1', '2', 'red', 'Blue', 'rouge', 'hello', ' ') },
  { weight: 1, arbitrary: fc.constantFrom(1, 23, 25, 80, 400) },
  { weight: 1, arbitrary: fc.constantFrom<Answer>(204, 404, 'timeout', 'network').map((answer) => ({ answer })) },
)

/** Texts, ends and what was ignored: what both sides tell. */
function told(outputs: ReturnType<Simulator['input']>): string[] {
  return outputs.flatMap((output) => {
    if (output.type === 'mt') return [`mt ${output.text}`]
    if (output.type === 'http') return [`asks ${output.url}`]
    if (output.type === 'end') return [`end ${output.outcome}`]
    return output.type === 'ignored' ? [`ignored ${output.reason}`] : []
  })
}

function httpAnswer(answer: Answer) {
  return typeof answer === 'number' ? { status: answer } : { error: answer }
}

test('the engine plays any flow as its document says, whatever happens', () => {
  fc.assert(
    fc.property(anyFlow, fc.array(anyInput, { maxLength: 12 }), (flow, inputs) => {
      const simulator = new Simulator({ flow, registry, now: noon })
      const oracle = new Oracle(flow, noon)
      expect(told(simulator.begin())).toEqual(oracle.begin())
      for (const input of inputs) {
        const [played, meant] =
          typeof input === 'string'
            ? [simulator.input({ mo: input }), oracle.hears(input)]
            : typeof input === 'number'
              ? [simulator.input({ advance: `PT${input}H` }), oracle.waits(input * hourMs)]
              : [simulator.input({ http: httpAnswer(input.answer) }), oracle.answers(input.answer)]
        expect(told(played)).toEqual(meant)
      }
    }),
    { numRuns: 400 },
  )
})
