/** What our compiler, templates, effects and timers cost on top of a machine that somebody wrote by hand in XState. */

import type { StepInput, StepResult } from '@textloom/core'
import { compileFlow, step } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { countingFlow } from '@textloom/runtime/testing/system'
import { type AnyMachineSnapshot, assign, setup, transition } from 'xstate'
import { alternate } from './alternate.ts'
import { type Bench, thisMachine } from './result.ts'

const STEPS = 1_000

export const run: Bench = async ({ seconds }) => {
  const rates = await alternate({ textloom: conversation(), xstate: handWritten() }, { seconds })
  return {
    name: 'engine-steps',
    figures: {
      stepsPerSecond: rates.textloom,
      stepMicroseconds: 1e6 / rates.textloom,
      bareXStateStepsPerSecond: rates.xstate,
      bareXStateStepMicroseconds: 1e6 / rates.xstate,
    },
    ratios: { stepsToBareXState: { value: rates.textloom / rates.xstate, atLeast: 0.4 } },
    machine: thisMachine(),
  }
}

/** A conversation with the counting flow: each step is a text that comes in, two templates, an MT and a new expiry. */
function conversation(): () => number {
  const compiled = compileFlow(countingFlow, registry)
  const contact = { phone: '+36301234567', fields: {}, groups: [] }
  const common = { random: () => 0.5, contact, channel: { id: '4040', address: '4040' } }
  const begin: StepInput = {
    ...common,
    revision: 'r1',
    stored: null,
    timers: [],
    event: { type: 'start', node: 'anything', text: 'hello' },
    now: 1_767_225_600_000,
    rev: 1,
  }
  let session: StepResult = step(() => compiled, begin)
  return () => {
    session = step(() => compiled, begin)
    for (let rev = 2; rev < STEPS + 1; rev++) {
      const { stored, timers } = session
      const event = { type: 'mo', text: 'hello' } as const
      session = step(() => compiled, { ...common, stored, timers, event, now: 1_767_225_600_000 + rev, rev })
    }
    const [said] = session.effects.filter(({ kind }) => kind === 'sendMt')
    if (said?.kind !== 'sendMt' || said.text !== `${STEPS} hello`) throw new Error(`It counted wrongly: ${said}.`)
    return STEPS
  }
}

/** The same conversation as somebody would write it who has nothing but XState: no templates, no effects as data. */
function handWritten(): () => number {
  const machine = setup({
    types: { context: {} as { count: number; last: string }, events: {} as { type: 'mo'; text: string } },
    actions: { say: (_, _params: { text: string }) => {} },
  }).createMachine({
    id: 'counting',
    initial: 'idle',
    context: { count: 0, last: '' },
    states: {
      idle: { on: { mo: 'count' } },
      count: {
        entry: assign({ count: ({ context }) => context.count + 1, last: ({ event }) => event.text }),
        always: 'answer',
      },
      answer: {
        entry: { type: 'say', params: ({ context }) => ({ text: `${context.count} ${context.last}` }) },
        on: { mo: 'count' },
        after: { 604800000: 'idle' },
      },
    },
  })
  const idle = { status: 'active', value: 'idle', context: { count: 0, last: '' }, historyValue: {} }
  return () => {
    let stored: Pick<AnyMachineSnapshot, 'status' | 'value' | 'context' | 'historyValue'> = idle as never
    for (let count = 0; count < STEPS; count++) {
      const [snapshot] = transition(machine, machine.resolveState(stored as never), { type: 'mo', text: 'hello' })
      const { status, value, context, historyValue } = snapshot
      stored = { status, value, context, historyValue }
    }
    if (stored.context.count !== STEPS) throw new Error('It counted wrongly.')
    return STEPS
  }
}
