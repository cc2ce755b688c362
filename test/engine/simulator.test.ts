import type { FlowDocument, SimulateInput } from '@textloom/core'
import { changeText, Simulator, type SimulatorOptions } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'

const booking = flowOf(
  {
    word: { type: 'keyword', data: { keywords: ['BOOK'], match: 'first' }, to: { next: 'menu' } },
    menu: {
      type: 'menu',
      data: {
        text: 'Hi {{ contact.name }}: 1 confirm, 2 cancel',
        options: [
          { id: 'confirm', label: 'Confirm', synonyms: ['yes'] },
          { id: 'cancel', label: 'Cancel', synonyms: [] },
        ],
        retries: 1,
        timeout: 'PT24H',
      },
      to: { confirm: 'slots', cancel: 'bye', other: 'bye', timeout: 'bye' },
    },
    slots: {
      type: 'http',
      data: {
        method: 'POST',
        url: 'https://x.test/{{ reply.text }}',
        body: { said: '{{ reply.text }}' },
        map: [{ variable: 'slot', path: 'slots[0]' }],
        timeout: 'PT10S',
        retries: 1,
      },
      to: { success: 'pause', failure: 'bye', timeout: 'bye' },
    },
    pause: { type: 'wait', data: { duration: 'PT2H' }, to: { next: 'ask' } },
    ask: {
      type: 'ask',
      data: { text: 'At {{ vars.slot }}. How many?', kind: 'number', variable: 'count', retries: 0 },
      to: { next: 'bye', other: 'bye' },
    },
    bye: { type: 'message', data: { text: 'Viszlát 👋' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  {
    variables: [
      { name: 'slot', type: 'text' },
      { name: 'count', type: 'number' },
    ],
  },
)

/** A conversation as the lines of `textloom simulate`: inputs with `>` before them. */
function transcript(
  flow: FlowDocument,
  inputs: readonly SimulateInput[],
  options: Partial<SimulatorOptions> = {},
): string[] {
  const simulator = new Simulator({ flow, registry, ...options })
  return [
    ...simulator.begin().map((output) => JSON.stringify(output)),
    ...inputs.flatMap((input) => [
      `> ${JSON.stringify(input)}`,
      ...simulator.input(input).map((output) => JSON.stringify(output)),
    ]),
  ]
}

/** The outputs without time, segments and the like. */
function gist(flow: FlowDocument, inputs: readonly SimulateInput[], options: Partial<SimulatorOptions> = {}): string[] {
  const simulator = new Simulator({ flow, registry, ...options })
  return [simulator.begin(), ...inputs.map((input) => simulator.input(input))].flat().map((output) => {
    switch (output.type) {
      case 'mt':
        return `${output.turn} mt ${output.text}`
      case 'wait':
        return `${output.turn} wait ${output.for}`
      case 'end':
        return `${output.turn} end ${output.outcome}`
      case 'ignored':
        return `${output.turn} ignored ${output.reason}`
      case 'contact':
        return `${output.turn} contact ${changeText(output)}`
      case 'error':
        return `${output.turn} error ${output.code}`
      default:
        return `${output.turn} ${output.type}`
    }
  })
}

test('a conversation comes out in exactly these bytes', () => {
  const lines = transcript(
    booking,
    [
      { mo: 'hello' },
      { mo: 'book please' },
      { mo: 'what?' },
      { mo: '1' },
      { http: { status: 503 } },
      { http: { status: 200, json: { slots: ['10:00'] } } },
      { mo: 'hello?' },
      { advance: 'PT3H' },
      { dlr: 'delivered' },
      { mo: '2' },
      { agent: { say: 'hi' } },
      { advance: '1h' },
    ],
    { contact: { name: 'Éva' } },
  )
  expect(lines).toMatchSnapshot()
})

test('the same input, clock and seed give the same bytes', () => {
  const inputs: SimulateInput[] = [{ mo: 'book' }, { mo: 'yes' }, { http: { error: 'network' } }, { advance: 'P30D' }]
  const options = { now: Date.UTC(2030, 1, 2), seed: 7, contact: { phone: '+36301234567', language: 'hu' } }
  expect(transcript(booking, inputs, options)).toEqual(transcript(booking, inputs, options))
})

describe('the start', () => {
  const greeting = flowOf(
    {
      any: { type: 'catch-all', to: { next: 'hi' } },
      hi: { type: 'message', data: { text: 'Hi {{ params.name }}' }, to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    { params: [{ name: 'name', type: 'text' }] },
  )

  test('comes at once when the flow has no keyword', () => {
    expect(gist(greeting, [], { params: { name: 'Bob' } })).toEqual(['0 mt Hi Bob', '0 end completed'])
  })

  test('can be kept waiting for a text, and asked for where there is a keyword', () => {
    expect(gist(greeting, [{ mo: 'x' }], { start: false })).toEqual(['1 mt Hi ', '1 end completed'])
    expect(gist(booking, [], { start: true })).toEqual(['0 mt Hi : 1 confirm, 2 cancel', '0 wait reply'])
  })

  test('happens again by a text after the end', () => {
    expect(gist(greeting, [{ mo: 'x' }])).toEqual(['0 mt Hi ', '0 end completed', '1 mt Hi ', '1 end completed'])
  })
})

describe('answers of web services', () => {
  test('queue up until they are asked for, one for each attempt', () => {
    const inputs: SimulateInput[] = [
      { http: { status: 500 } },
      { http: { status: 200, json: { slots: ['9'] } } },
      { mo: 'book' },
      { mo: 'yes' },
    ]
    expect(gist(booking, inputs)).toEqual([
      '3 mt Hi : 1 confirm, 2 cancel',
      '3 wait reply',
      '4 http',
      '4 http',
      '4 wait time',
    ])
  })

  test('the lack of one is a wait that time ends', () => {
    expect(
      gist(booking, [
        { mo: 'book' },
        { mo: 'yes' },
        { advance: 'PT9S' },
        { advance: 'PT1S' },
        { http: { status: 200 } },
      ]),
    ).toEqual([
      '1 mt Hi : 1 confirm, 2 cancel',
      '1 wait reply',
      '2 http',
      '2 wait http',
      '4 mt Viszlát 👋',
      '4 end completed',
    ])
  })
})

describe('time', () => {
  const reminders = flowOf(
    {
      any: { type: 'catch-all', to: { next: 'w1' } },
      w1: { type: 'wait', data: { duration: 'PT1H' }, to: { next: 'm1' } },
      m1: { type: 'message', data: { text: '{{ "now" | date: "%H:%M" }}' }, to: { next: 'w2' } },
      w2: { type: 'wait', data: { duration: 'P40D' }, to: { next: 'm2' } },
      m2: { type: 'message', data: { text: '{{ "now" | date: "%d %b %H:%M" }}' }, to: { next: 'ask' } },
      ask: { type: 'ask', data: { text: '?', kind: 'text', variable: 'a', retries: 0 }, to: { next: 'w1' } },
    },
    { variables: [{ name: 'a', type: 'text' }], settings: { expiry: 'P1D' } },
  )

  test('fires each timer at its due time, then stands at the end of the interval', () => {
    const simulator = new Simulator({ flow: reminders, registry })
    simulator.begin()
    const outputs = simulator.input({ advance: 'P50D' })
    expect(outputs.map(({ type, at }) => `${type} ${at}`)).toEqual([
      'mt 2026-01-01T13:00:00.000Z',
      'mt 2026-02-10T13:00:00.000Z',
      'mt 2026-02-10T13:00:00.000Z',
      'end 2026-02-11T13:00:00.000Z',
    ])
    expect(outputs.flatMap((output) => (output.type === 'mt' ? [output.text] : []))).toEqual([
      '13:00',
      '10 Feb 13:00',
      '?',
    ])
    expect(simulator.now).toBe(Date.UTC(2026, 1, 20, 12))
  })

  test('never moves a timer that is not due by a millisecond', () => {
    expect(gist(reminders, [{ advance: 'PT59M59.999S' }, { advance: 'PT0.001S' }])).toEqual([
      '0 wait time',
      '2 mt 13:00',
      '2 wait time',
    ])
  })

  test('an advance that is no duration is refused', () => {
    expect(() => new Simulator({ flow: reminders, registry }).input({ advance: 'soon' })).toThrow(RangeError)
  })
})

describe('STOP, START and HELP', () => {
  const goodbye = '1 mt You are unsubscribed and will get no more messages. Reply START to subscribe again.'

  test('STOP before any flow is confirmed once', () => {
    expect(gist(booking, [{ mo: 'stop' }, { mo: 'STOP!' }])).toEqual([
      '1 contact consent out',
      goodbye,
      '2 ignored already-opted-out',
    ])
  })

  test('STOP ends the session after its confirmation', () => {
    expect(gist(booking, [{ mo: 'book' }, { mo: 'STOP' }]).slice(2)).toEqual([
      '2 contact consent out',
      goodbye.replace('1', '2'),
      '2 end interrupted',
    ])
  })

  test('after STOP no flow begins, and only HELP is answered, until START', () => {
    expect(
      gist(booking, [
        { mo: 'stop' },
        { mo: 'book' },
        { mo: 'help' },
        { mo: '2' },
        { mo: 'start' },
        { mo: 'book' },
      ]).slice(2),
    ).toEqual([
      '2 ignored opted-out',
      '3 mt This is an automatic message service. Reply STOP to unsubscribe.',
      '4 ignored opted-out',
      '5 contact consent in',
      '5 mt You are subscribed again. Reply STOP to unsubscribe, HELP for help.',
      '6 mt Hi : 1 confirm, 2 cancel',
      '6 wait reply',
    ])
  })

  test('CANCEL answers a menu that offers it, and stops where nothing is asked', () => {
    expect(gist(booking, [{ mo: 'book' }, { mo: 'cancel' }]).slice(2)).toEqual(['2 mt Viszlát 👋', '2 end completed'])
    expect(gist(booking, [{ mo: 'cancel' }])).toEqual(['1 contact consent out', goodbye])
  })

  test('HELP is answered and moves no session', () => {
    expect(gist(booking, [{ mo: 'book' }, { mo: 'help' }, { mo: '2' }]).slice(2)).toEqual([
      '2 mt This is an automatic message service. Reply STOP to unsubscribe.',
      '3 mt Viszlát 👋',
      '3 end completed',
    ])
  })

  test('the answer is in the language of the contact', () => {
    expect(gist(booking, [{ mo: 'Leiratkozás' }], { contact: { language: 'hu' } })[1]).toContain('Leiratkozott')
  })
})

test('contacts are texted in their language, with the same variables', () => {
  const translated: FlowDocument = {
    ...booking,
    languages: { base: 'en', others: ['hu'] },
    translations: { hu: { 'menu.text': 'Szia {{ contact.name }}: 1 igen, 2 nem' } },
  }
  const contact = { name: 'Éva', language: 'hu' }
  expect(gist(translated, [{ mo: 'book' }], { contact })).toEqual(['1 mt Szia Éva: 1 igen, 2 nem', '1 wait reply'])
})

test('an advance that would fire timers without end is refused', () => {
  const restless = flowOf({
    any: { type: 'catch-all', to: { next: 'tick' } },
    tick: { type: 'wait', data: { duration: 'PT1S' }, to: { next: 'tick' } },
  })
  const simulator = new Simulator({ flow: restless, registry })
  simulator.begin()
  expect(() => simulator.input({ advance: 'P365D' })).toThrow('More than 10000 timers fire within that time.')
})

test('what a conversation knew at its end can still be looked at, until the next begins', () => {
  const simulator = new Simulator({ flow: booking, registry })
  expect(simulator.memory).toBeNull()
  for (const mo of ['book', '1']) simulator.input({ mo })
  simulator.input({ http: { status: 200, json: { slots: ['10:00'] } } })
  simulator.input({ advance: 'PT2H' })
  expect(simulator.memory?.vars).toEqual({ slot: '10:00', count: null })
  simulator.input({ mo: '2' })
  expect(simulator.session).toBeNull()
  expect(simulator.memory?.vars).toEqual({ slot: '10:00', count: 2 })
  simulator.input({ mo: 'book' })
  expect(simulator.memory?.vars).toEqual({ slot: null, count: null })
})

test('a session that fails says why and ends', () => {
  const round = flowOf({
    any: { type: 'catch-all', to: { next: 'a' } },
    a: { type: 'message', data: { text: 'a' }, to: { next: 'b' } },
    b: { type: 'message', data: { text: 'b' }, to: { next: 'a' } },
  })
  expect(gist(round, [])).toEqual(['0 error engine/runaway', '0 end failed'])
})

test('what moves nothing says why', () => {
  const inputs: SimulateInput[] = [
    { agent: { close: 'resolved' } },
    { dlr: 'failed' },
    { mo: 'hm' },
    { mo: 'book' },
    { agent: { say: 'x' } },
  ]
  expect(gist(booking, inputs).filter((line) => line.includes('ignored'))).toEqual([
    '1 ignored no-session',
    '2 ignored no-session',
    '3 ignored no-match',
    '5 ignored not-waiting',
  ])
})
