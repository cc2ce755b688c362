import { defineNode, jsonObjectSchema, nodeRegistry, type SessionEvent, type StepInput } from '@textloom/core'
import { step } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { nodeTypes } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { contact, noon, sessionByHand } from './session-by-hand.ts'

const age = flowOf(
  {
    start: { type: 'catch-all', to: { next: 'ask' } },
    ask: {
      type: 'ask',
      data: {
        text: 'Hi {{ contact.name }}, age? Room {{ params.room }}',
        kind: 'number',
        variable: 'age',
        retries: 1,
        retryText: 'A number, please',
        timeout: 'PT2H',
      },
      to: { next: 'thanks', other: 'sorry', timeout: 'sorry' },
    },
    thanks: { type: 'message', data: { text: '{{ vars.age }}, thanks' }, to: { next: 'pause' } },
    pause: { type: 'wait', data: { duration: 'P30D' }, to: { next: 'again' } },
    again: {
      type: 'ask',
      data: { text: 'Still there?', kind: 'text', variable: 'there', retries: 0 },
      to: { next: 'end' },
    },
    sorry: { type: 'message', data: { text: 'Sorry' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed', label: 'done' } },
  },
  {
    variables: [
      { name: 'age', type: 'number' },
      { name: 'there', type: 'text' },
    ],
    params: [{ name: 'room', type: 'text' }],
  },
)

describe('a failure ends one session and is not thrown', () => {
  const broken = defineNode({
    type: 'broken',
    version: 1,
    family: 'do',
    title: 'Broken',
    summary: 'Breaks as its data says.',
    icon: 'bug',
    schema: jsonObjectSchema,
    waits: null,
    handles: () => [{ id: 'next', label: 'Next' }],
    compile: ({ how, template = '' }, { guard, update, effect, exit }) => {
      const entry = [effect({ kind: 'sendMt', text: 'before' })]
      if (how === 'guard') return { entry, always: [exit('next', { guard: guard('throws') })] }
      if (how === 'update') return { entry: [...entry, update('throws')], always: [exit('next')] }
      if (how === 'stays') return { entry }
      if (how === 'effect')
        return { entry: [...entry, effect({ kind: 'sendMt', text: template as string })], always: [exit('next')] }
      if (how === 'header') {
        const request = {
          kind: 'http',
          id: 'n',
          method: 'GET',
          url: 'https://x.test',
          headers: { a: '{{ params.room }}\n' },
          timeoutMs: 1,
          attempt: 1,
          delayMs: 0,
        } as const
        return { entry: [effect(request)], always: [exit('next')] }
      }
      return { entry: [{ type: 'nobody.home' }], always: [exit('next')] }
    },
    guards: {
      throws: () => {
        throw new Error('the guard is tired')
      },
    },
    updates: {
      throws: ({ render }) => {
        throw new Error(render('{{ params.room }} is tired'))
      },
    },
    describe: () => ({ title: '', body: '' }),
  })
  const nodes = nodeRegistry([...nodeTypes, broken])

  test.each([
    { how: 'guard', code: 'engine/node-failed', message: 'Node "n" failed: the guard is tired' },
    { how: 'update', code: 'engine/node-failed', message: 'Node "n" failed: 12 is tired' },
    { how: 'stays', code: 'engine/node-failed', message: 'Node "n" neither waits nor goes on.' },
    { how: 'header', code: 'engine/node-failed', message: 'Node "n" failed: Header "a" would hold a line break.' },
    {
      how: 'effect',
      template: '{{ vars.x | nope }}',
      code: 'engine/template',
      message: 'Node "n" has a text that cannot be rendered: There is no filter "nope". (line 1, column 1)',
    },
    {
      how: 'effect',
      template: 'x'.repeat(40_000),
      code: 'engine/node-failed',
      message: 'Node "n" failed: The text has 40000 characters: more than the 255 segments one SMS can have.',
    },
  ])('$how: $code', ({ how, template = '', code, message }) => {
    const flow = flowOf({
      start: { type: 'catch-all', to: { next: 'n' } },
      n: { type: 'broken', data: { how, template }, to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    })
    expect(sessionByHand(flow, nodes).start()).toEqual({
      stored: null,
      timers: [],
      // What was computed before the failure is dropped with it.
      effects: [{ kind: 'end', outcome: 'failed', failure: { code, message, node: 'n' } }],
      path: [],
      rest: null,
    })
  })

  test('an action that nothing stands behind fails the session', () => {
    const flow = flowOf({
      start: { type: 'catch-all', to: { next: 'n' } },
      n: { type: 'broken', to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    })
    const message = 'The machine names the action "nobody.home", which nothing stands behind.'
    expect(sessionByHand(flow, nodes).start().effects).toMatchObject([
      { failure: { code: 'engine/node-failed', message } },
    ])
  })

  test('a circle without a wait ends within milliseconds', () => {
    const flow = flowOf({
      start: { type: 'catch-all', to: { next: 'a' } },
      a: { type: 'message', data: { text: 'a' }, to: { next: 'b' } },
      b: { type: 'message', data: { text: 'b' }, to: { next: 'a' } },
    })
    const startedAt = performance.now()
    const { effects } = sessionByHand(flow).start()
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(effects).toMatchObject([{ kind: 'end', outcome: 'failed', failure: { code: 'engine/runaway' } }])
  })

  test('a circle that a later event enters names the node where the session was', () => {
    const flow = flowOf({
      start: { type: 'catch-all', to: { next: 'wait' } },
      wait: { type: 'wait', data: { duration: 'PT1H' }, to: { next: 'a' } },
      a: { type: 'message', data: { text: 'a' }, to: { next: 'b' } },
      b: { type: 'message', data: { text: 'b' }, to: { next: 'a' } },
    })
    const talk = sessionByHand(flow)
    talk.start()
    expect(talk.fires('xstate.after.3600000.flow.wait').effects).toMatchObject([
      {
        failure: { code: 'engine/runaway', node: 'wait', message: expect.stringContaining('Put a wait into the loop') },
      },
    ])
  })

  test.each<{ title: string; event?: SessionEvent; more?: Partial<StepInput>; code: string }>([
    {
      title: 'an event of an unknown kind',
      event: { type: 'gossip' } as unknown as SessionEvent,
      code: 'engine/unknown-event',
    },
    {
      title: 'a state that its flow does not have',
      more: { stored: stored({ value: 'gone' }) },
      code: 'engine/snapshot',
    },
    {
      title: 'a session without frames',
      more: { stored: { frames: [], startedAt: 1, lastActivityAt: 1 } },
      code: 'engine/snapshot',
    },
    { title: 'a session that is not even one', more: { stored: {} as never }, code: 'engine/snapshot' },
  ])('$title ends it as $code', ({ event = { type: 'mo', text: 'x' }, more = {}, code }) => {
    const talk = sessionByHand(age)
    talk.start()
    expect(talk.move(event, noon, more)).toMatchObject({
      stored: null,
      timers: [],
      effects: [{ kind: 'end', outcome: 'failed', failure: { code } }],
    })
  })

  test('a start node that the flow does not have', () => {
    expect(sessionByHand(age).start('ask').effects).toMatchObject([{ failure: { code: 'engine/unknown-event' } }])
  })

  test('a revision that cannot be loaded', () => {
    const input = {
      stored: stored({}),
      timers: [],
      event: { type: 'mo', text: 'x' },
      now: 1,
      random: () => 0,
      rev: 1,
      contact,
      channel: { id: 'c' },
    } as const
    const lost = () => {
      throw new Error('it is gone')
    }
    expect(step(lost, input).effects).toMatchObject([
      { failure: { code: 'engine/snapshot', message: 'The revision of the flow cannot be used: it is gone' } },
    ])
    expect(step(lost, { ...input, event: { type: 'timer', id: 'x', setAtRev: 1, dueAt: 0 } })).toMatchObject({
      ignored: 'stale',
      rest: null,
    })
  })

  function stored(snapshot: object): StepInput['stored'] {
    const context = { vars: {}, params: {}, results: {}, reply: { text: '' }, memory: {} }
    const whole = { status: 'active', value: 'ask', context, historyValue: {}, ...snapshot } as const
    return { frames: [{ revision: 'r1', snapshot: whole }], startedAt: 1, lastActivityAt: 1 }
  }
})
