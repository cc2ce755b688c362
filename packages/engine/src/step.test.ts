import {
  defineNode,
  type FlowDocument,
  jsonObjectSchema,
  nodeRegistry,
  type SessionEvent,
  type StepInput,
  type StepResult,
} from '@textloom/core'
import { nodeTypes, registry } from '@textloom/nodes/testing'
import { describe, expect, test } from 'vitest'
import { compileFlow } from './compile.ts'
import { step } from './step.ts'
import { flowOf } from './testing/flow-of.ts'

const day = 86_400_000
const noon = Date.UTC(2026, 0, 1, 12)
const contact = { phone: '+15550001', name: 'Éva', language: 'en', fields: {}, groups: [] }

/** A session held by hand: what each step gives is what the next begins with. */
function session(flow: FlowDocument, nodes = registry) {
  const compiled = compileFlow(flow, nodes)
  let last: StepResult = { stored: null, timers: [], effects: [], path: [], rest: null }
  let rev = 0
  const move = (event: SessionEvent, now = noon, more: Partial<StepInput> = {}) => {
    rev += 1
    const { stored, timers } = JSON.parse(JSON.stringify(last))
    const input = {
      stored,
      timers,
      event,
      now,
      random: () => 0.5,
      rev,
      contact,
      channel: { id: 'test' },
      revision: 'r1',
      ...more,
    }
    last = step(() => compiled, input)
    return last
  }
  return {
    move,
    start: (node = 'start', now = noon, text = 'hello') =>
      move({ type: 'start', node, text, params: { room: '12' } }, now),
    hears: (text: string, now = noon) => move({ type: 'mo', text }, now),
    fires: (id: string, now?: number) => {
      const timer = last.timers.find((each) => each.id === id)
      if (!timer) throw new Error(`No timer ${id} among ${JSON.stringify(last.timers)}`)
      return move({ type: 'timer', ...timer }, now ?? timer.dueAt)
    },
    get last() {
      return last
    },
  }
}

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

describe('a conversation', () => {
  test('begins at a start node, sends, sets its timers and rests', () => {
    expect(session(age).start()).toEqual({
      stored: {
        frames: [
          {
            revision: 'r1',
            snapshot: {
              status: 'active',
              value: { ask: 'try-1' },
              context: {
                vars: { age: null, there: null },
                params: { room: '12' },
                results: {},
                reply: { text: 'hello' },
                memory: {},
              },
              historyValue: {},
            },
          },
        ],
        startedAt: noon,
        lastActivityAt: noon,
      },
      timers: [
        { id: 'xstate.after.7200000.flow.ask.try-1', setAtRev: 1, dueAt: noon + 7_200_000 },
        { id: 'session.expiry', setAtRev: 1, dueAt: noon + 7_200_000 + 7 * day },
      ],
      effects: [{ kind: 'sendMt', node: 'ask', text: 'Hi Éva, age? Room 12' }],
      path: [
        { kind: 'enter', node: 'start' },
        { kind: 'exit', node: 'start', handle: 'next' },
        { kind: 'enter', node: 'ask' },
      ],
      rest: { node: 'ask', for: 'reply', until: noon + 7_200_000 },
    })
  })

  test('goes on by an answer: effects in order, the old timer gone, the reply kept', () => {
    const talk = session(age)
    talk.start()
    const { effects, timers, stored, rest, path } = talk.hears(' 42 ', noon + 60_000)
    expect(effects).toEqual([
      { kind: 'result', node: 'ask', name: 'age', value: 42 },
      { kind: 'sendMt', node: 'thanks', text: '42, thanks' },
    ])
    expect(timers).toEqual([
      { id: 'session.expiry', setAtRev: 2, dueAt: noon + 60_000 + 37 * day },
      { id: 'xstate.after.2592000000.flow.pause', setAtRev: 2, dueAt: noon + 60_000 + 30 * day },
    ])
    expect(stored?.frames[0]?.snapshot.context.reply.text).toBe(' 42 ')
    expect(stored?.lastActivityAt).toBe(noon + 60_000)
    expect(rest).toEqual({ node: 'pause', for: 'time', until: noon + 60_000 + 30 * day })
    expect(path.map((at) => (at.kind === 'exit' ? `${at.node}.${at.handle}` : at.node))).toEqual([
      'ask.next',
      'thanks',
      'thanks.next',
      'pause',
    ])
  })

  test('asks again with a timer of its own, and leaves by other when the tries are used up', () => {
    const talk = session(age)
    talk.start()
    const again = talk.hears('dunno', noon + 1_000)
    expect(again.effects).toEqual([{ kind: 'sendMt', node: 'ask', text: 'A number, please' }])
    expect(again.timers.map(({ id, dueAt }) => [id, dueAt])).toEqual([
      ['session.expiry', noon + 1_000 + 7_200_000 + 7 * day],
      ['xstate.after.7200000.flow.ask.try-2', noon + 1_000 + 7_200_000],
    ])
    expect(talk.hears('no idea').effects).toEqual([
      { kind: 'sendMt', node: 'sorry', text: 'Sorry' },
      { kind: 'end', outcome: 'completed', label: 'done' },
    ])
    expect(talk.last).toMatchObject({ stored: null, timers: [], rest: null })
  })

  test('fires a timer further away than JavaScript timers reach, counted as activity when it fired', () => {
    const talk = session(age)
    talk.start()
    talk.hears('42')
    // The host was down for ten days: the contact still gets the whole time to answer.
    const late = noon + 40 * day
    const result = talk.fires('xstate.after.2592000000.flow.pause', late)
    expect(result.effects).toEqual([{ kind: 'sendMt', node: 'again', text: 'Still there?' }])
    expect(result.stored?.lastActivityAt).toBe(late)
    expect(result.timers).toEqual([{ id: 'session.expiry', setAtRev: 3, dueAt: late + 7 * day }])
  })

  test('expires without an answer', () => {
    const talk = session(age)
    talk.start()
    talk.hears('42')
    talk.fires('xstate.after.2592000000.flow.pause')
    expect(talk.fires('session.expiry')).toMatchObject({
      stored: null,
      timers: [],
      effects: [{ kind: 'end', outcome: 'expired' }],
    })
  })

  test('ends when it is interrupted', () => {
    const talk = session(age)
    talk.start()
    expect(talk.move({ type: 'interrupt' })).toMatchObject({
      stored: null,
      timers: [],
      effects: [{ kind: 'end', outcome: 'interrupted' }],
    })
  })
})

describe('an edge back to its own node', () => {
  const insisting = flowOf(
    {
      start: { type: 'catch-all', to: { next: 'ask' } },
      ask: {
        type: 'ask',
        data: { text: 'Age?', kind: 'number', variable: 'age', retries: 1, timeout: 'PT1H' },
        to: { next: 'pause', other: 'ask', timeout: 'ask' },
      },
      pause: { type: 'wait', data: { duration: 'PT1H' }, to: { next: 'pause' } },
    },
    { variables: [{ name: 'age', type: 'number' }] },
  )

  test('begins it anew: text, tries and timer', () => {
    const talk = session(insisting)
    talk.start()
    for (const [index, text] of ['a', 'b', 'c', 'd'].entries()) {
      const { effects, timers, stored } = talk.hears(text, noon + index)
      expect(effects).toEqual([{ kind: 'sendMt', node: 'ask', text: 'Age?' }])
      const attempt = index % 2 === 0 ? 'try-2' : 'try-1'
      expect(stored?.frames[0]?.snapshot.value).toEqual({ ask: attempt })
      expect(timers).toContainEqual({
        id: `xstate.after.3600000.flow.ask.${attempt}`,
        setAtRev: index + 2,
        dueAt: noon + index + 3_600_000,
      })
    }
    expect(talk.fires('xstate.after.3600000.flow.ask.try-1').effects).toEqual([
      { kind: 'sendMt', node: 'ask', text: 'Age?' },
    ])
  })

  test('lets a wait go on for ever', () => {
    const talk = session(insisting)
    talk.start()
    talk.hears('42')
    for (const hour of [1, 2, 3]) {
      expect(talk.fires('xstate.after.3600000.flow.pause').rest?.until).toBe(noon + (hour + 1) * 3_600_000)
    }
  })
})

describe('an event that moves nothing', () => {
  const resting = () => {
    const talk = session(age)
    talk.start()
    talk.hears('42')
    return talk
  }
  const timer = { id: 'xstate.after.2592000000.flow.pause', setAtRev: 2, dueAt: noon + 30 * day }

  test.each<{ title: string; event: SessionEvent; now?: number; ignored: StepResult['ignored'] }>([
    { title: 'an MO while time must pass', event: { type: 'mo', text: 'hello?' }, ignored: 'not-waiting' },
    { title: 'a receipt', event: { type: 'dlr', state: 'failed' }, ignored: 'not-waiting' },
    {
      title: 'an answer nobody waits for',
      event: { type: 'http.done', id: 'ask', status: 200 },
      ignored: 'not-waiting',
    },
    { title: 'a start while a session runs', event: { type: 'start', node: 'start' }, ignored: 'not-waiting' },
    { title: 'a timer that is not due', event: { type: 'timer', ...timer }, now: timer.dueAt - 1, ignored: 'stale' },
    {
      title: 'a timer of another rev',
      event: { type: 'timer', ...timer, setAtRev: 1 },
      now: timer.dueAt,
      ignored: 'stale',
    },
    {
      title: 'a timer of another time',
      event: { type: 'timer', ...timer, dueAt: 1 },
      now: timer.dueAt,
      ignored: 'stale',
    },
    {
      title: 'a timer cancelled long ago',
      event: { type: 'timer', ...timer, id: 'xstate.after.7200000.flow.ask.try-1' },
      now: timer.dueAt,
      ignored: 'stale',
    },
  ])('$title is $ignored and leaves everything as it was', ({ event, now, ignored }) => {
    const talk = resting()
    const { stored, timers, rest } = talk.last
    expect(talk.move(event, now)).toEqual({ stored, timers, rest, effects: [], path: [], ignored })
  })

  test.each<{ event: SessionEvent; ignored: StepResult['ignored'] }>([
    { event: { type: 'mo', text: 'hi' }, ignored: 'no-session' },
    { event: { type: 'interrupt' }, ignored: 'no-session' },
    { event: { type: 'dlr', state: 'delivered' }, ignored: 'no-session' },
    { event: { type: 'timer', ...timer }, ignored: 'stale' },
    { event: { type: 'gossip' } as unknown as SessionEvent, ignored: 'no-session' },
  ])('$event.type without a session is $ignored', ({ event, ignored }) => {
    expect(session(age).move(event)).toEqual({ stored: null, timers: [], effects: [], path: [], rest: null, ignored })
  })
})

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
    expect(session(flow, nodes).start()).toEqual({
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
    expect(session(flow, nodes).start().effects).toMatchObject([{ failure: { code: 'engine/node-failed', message } }])
  })

  test('a circle without a wait ends within milliseconds', () => {
    const flow = flowOf({
      start: { type: 'catch-all', to: { next: 'a' } },
      a: { type: 'message', data: { text: 'a' }, to: { next: 'b' } },
      b: { type: 'message', data: { text: 'b' }, to: { next: 'a' } },
    })
    const startedAt = performance.now()
    const { effects } = session(flow).start()
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
    const talk = session(flow)
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
    const talk = session(age)
    talk.start()
    expect(talk.move(event, noon, more)).toMatchObject({
      stored: null,
      timers: [],
      effects: [{ kind: 'end', outcome: 'failed', failure: { code } }],
    })
  })

  test('a start node that the flow does not have', () => {
    expect(session(age).start('ask').effects).toMatchObject([{ failure: { code: 'engine/unknown-event' } }])
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

describe('a timer that its node does not leave by', () => {
  const nagging = defineNode({
    type: 'nagging',
    version: 1,
    family: 'wait',
    title: 'Nagging',
    summary: 'Asks again after an hour, once, and listens to no other timer.',
    icon: 'bell',
    schema: jsonObjectSchema,
    waits: 'reply',
    handles: () => [{ id: 'next', label: 'Next' }],
    compile: (_data, { effect, exit, guard }) => ({
      on: { mo: [exit('next')] },
      after: {
        3600000: [{ actions: [effect({ kind: 'sendMt', text: 'Still there?' })] }],
        7200000: [exit('next', { guard: guard('never') })],
      },
    }),
    guards: { never: () => false },
    describe: () => ({ title: '', body: '' }),
  })
  const flow = flowOf({
    start: { type: 'catch-all', to: { next: 'nag' } },
    nag: { type: 'nagging', to: { next: 'nag' } },
  })

  test('fires once all the same', () => {
    const talk = session(flow, nodeRegistry([...nodeTypes, nagging]))
    talk.start()
    const nagged = talk.fires('xstate.after.3600000.flow.nag')
    expect(nagged.effects).toEqual([{ kind: 'sendMt', node: 'nag', text: 'Still there?' }])
    expect(nagged.timers.map(({ id }) => id)).toEqual(['xstate.after.7200000.flow.nag', 'session.expiry'])
    const unheard = talk.fires('xstate.after.7200000.flow.nag')
    expect(unheard).toMatchObject({ effects: [], rest: { node: 'nag', until: null } })
    expect(unheard.ignored).toBeUndefined()
    expect(unheard.timers.map(({ id }) => id)).toEqual(['session.expiry'])
  })
})

describe('what people write', () => {
  const echo = flowOf(
    {
      start: { type: 'catch-all', to: { next: 'set' } },
      set: { type: 'set', data: { variable: 'said', value: '{{ reply.text }}' }, to: { next: 'say' } },
      say: {
        type: 'message',
        data: { text: 'You said {{ vars.said }}{% if reply.text == "quiet" %}{% endif %}' },
        to: { next: 'ask' },
      },
      ask: {
        type: 'ask',
        data: { text: '{% if reply.text == "loud" %}What?{% endif %}', kind: 'text', variable: 'said', retries: 0 },
        to: { next: 'say' },
      },
    },
    { variables: [{ name: 'said', type: 'text' }] },
  )

  test.each(['{{ 7 | times: 6 }}', '{% for i in (1..9) %}x{% endfor %}', '{{', '__proto__', '<b>', '$&'])(
    '%s is never taken for a template',
    (text) => {
      const talk = session(echo)
      talk.start()
      const { effects } = talk.hears(text)
      expect(effects).toEqual([
        { kind: 'result', node: 'ask', name: 'said', value: text },
        { kind: 'sendMt', node: 'say', text: `You said ${text}` },
      ])
    },
  )

  test('a text that comes to nothing is not sent', () => {
    const talk = session(echo)
    expect(talk.start().effects.map((effect) => 'text' in effect && effect.text)).toEqual(['You said hello'])
    expect(talk.hears('loud').effects.map((effect) => 'text' in effect && effect.text)).toContain('What?')
  })
})

describe('an HTTP request', () => {
  const request = flowOf(
    {
      start: { type: 'catch-all', to: { next: 'http' } },
      http: {
        type: 'http',
        data: {
          method: 'POST',
          url: 'https://x.test/{{ reply.text }}',
          body: { n: '{{ vars.n }}' },
          map: [{ variable: 'n', path: 'n' }],
          timeout: 'PT10S',
          retries: 1,
        },
        to: { success: 'wait', failure: 'wait', timeout: 'wait' },
      },
      wait: { type: 'wait', data: { duration: 'PT1H' }, to: { next: 'wait' } },
    },
    { variables: [{ name: 'n', type: 'number', default: 1 }] },
  )

  test('is asked for once and cancelled when time runs out', () => {
    const talk = session(request)
    expect(talk.start('start', noon, 'a b/ű').effects).toEqual([
      {
        kind: 'http',
        node: 'http',
        id: 'http',
        method: 'POST',
        url: 'https://x.test/a%20b%2F%C5%B1',
        headers: {},
        body: { n: 1 },
        timeoutMs: 10_000,
        attempt: 1,
        delayMs: 0,
      },
    ])
    expect(talk.fires('xstate.after.10000.flow.http').effects).toEqual([{ kind: 'http.cancel', id: 'http' }])
  })

  test('is cancelled when the session is interrupted or expires', () => {
    for (const end of ['interrupt', 'expiry']) {
      const talk = session(request)
      talk.start()
      const { effects } = end === 'interrupt' ? talk.move({ type: 'interrupt' }) : talk.fires('session.expiry')
      expect(effects[0]).toEqual({ kind: 'http.cancel', id: 'http' })
    }
  })

  test('needs no cancelling once it is answered', () => {
    const talk = session(request)
    talk.start()
    const retried = talk.move({ type: 'http.error', id: 'http', error: 'network' })
    expect(retried.effects).toMatchObject([{ kind: 'http', attempt: 2, delayMs: 1_000 }])
    const done = talk.move({ type: 'http.done', id: 'http', status: 200, body: { n: 5 } })
    expect(done.effects).toEqual([])
    expect(done.stored?.frames[0]?.snapshot.context.vars).toEqual({ n: 5 })
  })
})
