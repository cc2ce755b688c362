/**
 * What our compiler, templates, effects and timers cost on top of a machine that somebody wrote by hand in XState: a ring
 * of 100 nodes, and a session that is read from JSON before each step and written to JSON after it, as a host does that
 * keeps it in a database.
 */

import type { StepInput, StepResult } from '@textloom/core'
import { compileFlow, step } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { assign, setup, transition } from 'xstate'
import { alternate } from './alternate.ts'
import { type Bench, thisMachine } from './result.ts'
import { ringOf } from './ring-flow.ts'

const NODES = 100
const QUESTIONS = NODES - 2
const STEPS = 1_000
const NOW = 1_767_225_600_000
const DAY_MS = 86_400_000

export const run: Bench = async ({ seconds }) => {
  const rates = await alternate({ textloom: conversation(), xstate: handWritten() }, { seconds, turns: 5 })
  return {
    name: 'engine-steps',
    figures: {
      stepsPerSecond: rates.textloom,
      stepMicroseconds: 1e6 / rates.textloom,
      bareXStateStepsPerSecond: rates.xstate,
      bareXStateStepMicroseconds: 1e6 / rates.xstate,
    },
    ratios: { stepsToBareXState: { value: rates.textloom / rates.xstate, atLeast: 0.8 } },
    machine: thisMachine(),
  }
}

/** Each step is a text that comes in, a template, an MT, a timer cancelled and another set, and a new expiry. */
function conversation(): () => number {
  const compiled = compileFlow(ringOf(NODES), registry)
  const contact = { phone: '+36301234567', fields: {}, groups: [] }
  const common = { random: () => 0.5, contact, channel: { id: '4040', address: '4040' } }
  const begin: StepInput = {
    ...common,
    revision: 'r1',
    stored: null,
    timers: [],
    event: { type: 'start', node: 'start', text: 'hello' },
    now: NOW,
    rev: 1,
  }
  const keep = ({ stored, timers }: StepResult) => JSON.stringify({ stored, timers })
  return () => {
    let said: StepResult['effects'][number] | undefined
    let kept = keep(step(() => compiled, begin))
    for (let rev = 2; rev < STEPS + 2; rev++) {
      const { stored, timers } = JSON.parse(kept) as Pick<StepResult, 'stored' | 'timers'>
      const event = { type: 'mo', text: `hello ${rev}` } as const
      const result = step(() => compiled, { ...common, stored, timers, event, now: NOW + rev, rev })
      said = result.effects.find(({ kind }) => kind === 'sendMt')
      kept = keep(result)
    }
    expectText(said?.kind === 'sendMt' ? said.text : undefined)
    return STEPS
  }
}

/** The same conversation as somebody would write it who has nothing but XState: no templates, no effects as data. */
function handWritten(): () => number {
  let said: string | undefined
  const question = (index: number) => ({
    entry: {
      type: 'say' as const,
      params: ({ context }: { context: { said: string } }) => ({ text: `${index}: you said ${context.said}` }),
    },
    on: {
      mo: {
        target: `q${(index + 1) % QUESTIONS}`,
        actions: assign({ said: ({ event }: { event: { text: string } }) => event.text }),
      },
    },
    after: { [DAY_MS]: 'end' },
  })
  const machine = setup({
    types: { context: {} as { said: string }, events: {} as { type: 'mo'; text: string } },
    actions: { say: (_, _params: { text: string }) => {} },
  }).createMachine({
    id: 'ring',
    initial: 'q0',
    context: { said: 'nothing' },
    states: {
      ...Object.fromEntries(Array.from({ length: QUESTIONS }, (_, index) => [`q${index}`, question(index)])),
      end: { type: 'final' },
    } as never,
  })
  const begun = JSON.stringify({ status: 'active', value: 'q0', context: { said: 'nothing' }, historyValue: {} })
  return () => {
    let kept = begun
    for (let rev = 2; rev < STEPS + 2; rev++) {
      const stored = machine.resolveState(JSON.parse(kept) as never)
      const [snapshot, actions] = transition(machine, stored, { type: 'mo', text: `hello ${rev}` })
      const { status, value, context, historyValue } = snapshot
      for (const { type, params } of actions) if (type === 'say') said = (params as { text: string }).text
      kept = JSON.stringify({ status, value, context, historyValue })
    }
    expectText(said)
    return STEPS
  }
}

function expectText(said: string | undefined): void {
  const wanted = `${STEPS % QUESTIONS}: you said hello ${STEPS + 1}`
  if (said !== wanted) throw new Error(`It said "${said}" instead of "${wanted}".`)
}
