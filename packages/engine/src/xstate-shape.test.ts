import { describe, expect, test } from 'vitest'
import { type AnyMachineSnapshot, assign, createMachine, transition } from 'xstate'
import { transitionOf } from './compile/transitions.ts'

// What the engine relies on beyond XState's documentation. When an upgrade breaks one of these, `step` must change.

const machine = createMachine(
  {
    id: 'flow',
    initial: '(idle)',
    context: { count: 0 },
    on: { interrupt: [{ target: '#flow.(interrupted)' }] },
    states: {
      '(idle)': { on: { 'start.a': [{ target: '#flow.a' }] } },
      a: {
        entry: [
          { type: 'effect', params: { text: 'one' } },
          { type: 'add' },
          { type: 'effect', params: { text: 'two' } },
        ],
        exit: [{ type: 'effect', params: { text: 'out' } }],
        on: {
          mo: [
            { target: '#flow.a', reenter: true, guard: { type: 'is', params: { wanted: 1 } } },
            { guard: 'throws', target: '#flow.b' },
          ],
          note: [{ actions: [{ type: 'effect', params: { text: 'noted' } }] }],
        },
        after: { '86400000000': [{ target: '#flow.b' }] },
      },
      b: { always: [{ target: '#flow.c' }] },
      c: { always: [{ target: '#flow.b' }] },
      '(interrupted)': { type: 'final', entry: [{ type: 'end' }] },
    },
    options: { maxIterations: 50 },
  } as never,
  {
    actions: { add: assign(({ context }) => ({ count: context.count + 1 })) },
    guards: {
      is: ({ context }: { context: { count: number } }, { wanted }: { wanted: number }) => context.count === wanted,
      throws: () => {
        throw new RangeError('not today')
      },
    },
  } as never,
)

const afterType = 'xstate.after.86400000000.flow.a'
const idle = machine.resolveState({ value: '(idle)', context: { count: 0 } })
const [inA, entering] = transition(machine, idle, { type: 'start.a' })

describe('XState 5', () => {
  test('returns custom actions with their params and the context of their own place', () => {
    const effects = entering.filter(({ type }) => String(type) === 'effect')
    expect(effects.map(({ params, info }) => [params, info.context])).toEqual([
      [{ text: 'one' }, { count: 0 }],
      [{ text: 'two' }, { count: 1 }],
    ])
  })

  test('does not return an assign', () => {
    expect(entering.map(({ type }) => type)).toEqual(['effect', 'effect', 'xstate.raise'])
  })

  test('returns an after as xstate.raise, whose event is named like its id, whatever the delay', () => {
    expect(entering.at(-1)).toMatchObject({
      type: 'xstate.raise',
      params: { id: afterType, delay: 86_400_000_000, event: { type: afterType } },
    })
  })

  test('returns xstate.cancel before the xstate.raise of the same id when a state is entered again', () => {
    const [, actions] = transition(machine, inA, { type: 'mo' })
    expect(actions.map(({ type }) => type)).toEqual(['effect', 'xstate.cancel', 'effect', 'effect', 'xstate.raise'])
    expect(actions[1]?.params).toEqual({ sendId: afterType })
  })

  test('returns the very snapshot and no actions for an event that nothing takes', () => {
    const [next, actions] = transition(machine, inA, { type: 'dlr' })
    expect(next).toBe(inA)
    expect(actions).toEqual([])
  })

  test('returns the actions of a transition without target', () => {
    const [next, actions] = transition(machine, inA, { type: 'note' })
    expect(next.value).toBe('a')
    expect(actions.map(({ params }) => params)).toEqual([{ text: 'noted' }])
  })

  test('takes a snapshot that was resolved for another context', () => {
    const snapshot = { ...machine.resolveState({ value: 'a', context: {} }), context: { count: 6 } }
    const [next] = transition(machine, snapshot, { type: 'interrupt' })
    expect([next.value, next.status, next.context]).toEqual(['(interrupted)', 'done', { count: 6 }])
  })

  test('runs exit actions on the way to a final state of the root', () => {
    const [, actions] = transition(machine, inA, { type: 'interrupt' })
    expect(actions.map(({ type }) => type)).toEqual(['effect', 'xstate.cancel', 'end'])
  })

  test('throws an error that begins with "Infinite loop detected" when microsteps go round', () => {
    expect(() => transition(machine, inA, { type: afterType })).toThrow(/^Infinite loop detected/)
  })

  test('keeps only the words of what a guard throws', () => {
    const snapshot = { ...inA, context: { count: 7 } }
    const thrown = thrownBy(() => transition(machine, snapshot, { type: 'mo' }))
    expect(thrown).not.toBeInstanceOf(RangeError)
    expect(String(thrown)).toContain('not today')
  })

  test('moves the same with one actor for all transitions', () => {
    const move = transitionOf(machine)
    for (const [from, type] of [
      [idle, 'start.a'],
      [inA, 'mo'],
      [inA, 'note'],
      [inA, 'dlr'],
      [inA, 'interrupt'],
      [idle, 'start.a'],
    ] as const) {
      const [next, actions] = move(from, { type })
      const [expected, expectedActions] = transition(machine, from, { type })
      expect(shapeOf(next)).toEqual(shapeOf(expected))
      expect(actions.map(({ type, params, info }) => [type, params, info.context])).toEqual(
        expectedActions.map(({ type, params, info }) => [type, params, info.context]),
      )
    }
  })

  test('throws for a state value that the machine does not have', () => {
    expect(() => machine.resolveState({ value: 'gone', context: {} })).toThrow()
  })
})

function shapeOf({ value, status, context }: AnyMachineSnapshot) {
  return { value, status, context }
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (thrown) {
    return thrown
  }
  return undefined
}
