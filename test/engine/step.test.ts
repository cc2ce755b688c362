import { defineNode, jsonObjectSchema, nodeRegistry, type SessionEvent, type StepResult } from '@textloom/core'
import { flowOf } from '@textloom/engine/testing'
import { nodeTypes } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { day, noon, sessionByHand } from './session-by-hand.ts'

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
    expect(sessionByHand(age).start()).toEqual({
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
    const talk = sessionByHand(age)
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
    const talk = sessionByHand(age)
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
    const talk = sessionByHand(age)
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
    const talk = sessionByHand(age)
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
    const talk = sessionByHand(age)
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
    const talk = sessionByHand(insisting)
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
    const talk = sessionByHand(insisting)
    talk.start()
    talk.hears('42')
    for (const hour of [1, 2, 3]) {
      expect(talk.fires('xstate.after.3600000.flow.pause').rest?.until).toBe(noon + (hour + 1) * 3_600_000)
    }
  })
})

describe('an event that moves nothing', () => {
  const resting = () => {
    const talk = sessionByHand(age)
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
    expect(sessionByHand(age).move(event)).toEqual({
      stored: null,
      timers: [],
      effects: [],
      path: [],
      rest: null,
      ignored,
    })
  })
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
    const talk = sessionByHand(flow, nodeRegistry([...nodeTypes, nagging]))
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
      const talk = sessionByHand(echo)
      talk.start()
      const { effects } = talk.hears(text)
      expect(effects).toEqual([
        { kind: 'result', node: 'ask', name: 'said', value: text },
        { kind: 'sendMt', node: 'say', text: `You said ${text}` },
      ])
    },
  )

  test('a text that comes to nothing is not sent', () => {
    const talk = sessionByHand(echo)
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
    const talk = sessionByHand(request)
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
      const talk = sessionByHand(request)
      talk.start()
      const { effects } = end === 'interrupt' ? talk.move({ type: 'interrupt' }) : talk.fires('session.expiry')
      expect(effects[0]).toEqual({ kind: 'http.cancel', id: 'http' })
    }
  })

  test('needs no cancelling once it is answered', () => {
    const talk = sessionByHand(request)
    talk.start()
    const retried = talk.move({ type: 'http.error', id: 'http', error: 'network' })
    expect(retried.effects).toMatchObject([{ kind: 'http', attempt: 2, delayMs: 1_000 }])
    const done = talk.move({ type: 'http.done', id: 'http', status: 200, body: { n: 5 } })
    expect(done.effects).toEqual([])
    expect(done.stored?.frames[0]?.snapshot.context.vars).toEqual({ n: 5 })
  })
})
