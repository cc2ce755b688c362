import type { SimulateInput } from '@textloom/core'
import { maxFrames, outputLine, Simulator, type SimulatorOptions } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { callingRegistry as registry } from './calling-nodes.ts'

const end = { type: 'end', data: { outcome: 'completed' } }
const say = (text: string, next: string) => ({ type: 'message', data: { text }, to: { next } })

const parent = flowOf(
  {
    begin: { type: 'keyword', data: { keywords: ['go'], match: 'exact' }, to: { next: 'call' } },
    call: {
      type: 'test-call',
      data: { flow: 'child', params: { who: '{{ contact.name | upcase }}' } },
      to: { next: 'after', expired: 'late', failed: 'broken' },
    },
    after: say('Back with {{ vars.returned }}.', 'end'),
    late: say('Too late.', 'end'),
    broken: say('Broken.', 'end'),
    end,
  },
  { id: 'parent', variables: [{ name: 'returned', type: 'text' }] },
)

const child = flowOf(
  {
    begin: { type: 'catch-all', to: { next: 'ask' } },
    ask: {
      type: 'ask',
      data: { text: 'Age, {{ params.who }}?', kind: 'number', variable: 'age', retries: 0 },
      to: { next: 'end', other: 'break' },
    },
    break: say('{% for i in (1..99999) %}x{% endfor %}', 'end'),
    end,
  },
  {
    id: 'child',
    params: [{ name: 'who', type: 'text' }],
    variables: [{ name: 'age', type: 'number' }],
    settings: { expiry: 'PT1H' },
  },
)

function lines(inputs: readonly SimulateInput[], options: Partial<SimulatorOptions> = {}): string[] {
  const simulator = new Simulator({
    flow: parent,
    otherFlows: [child],
    registry,
    contact: { name: 'Ada' },
    ...options,
  })
  return [simulator.begin(), ...inputs.map((input) => simulator.input(input))].flat().map(outputLine)
}

describe('a flow that calls another', () => {
  test('waits for it, and goes on with what it hands back', () => {
    expect(lines([{ mo: 'go' }, { mo: '41' }])).toEqual([
      '  enters flow child',
      '< "Age, ADA?"',
      '  waits for reply in ask',
      '  result age = 41',
      '  leaves flow child',
      '< "Back with {\\"results\\":{\\"age\\":{\\"value\\":41}},\\"vars\\":{\\"age\\":41}}."',
      '  end: completed',
    ])
  })

  test('goes on by its own exit when the other runs out of its time', () => {
    expect(lines([{ mo: 'go' }, { advance: 'PT2H' }]).slice(3)).toEqual([
      '  leaves flow child',
      '< "Too late."',
      '  end: completed',
    ])
  })

  test('goes on by its own exit when the other fails', () => {
    expect(lines([{ mo: 'go' }, { mo: 'old' }]).slice(3)).toEqual([
      expect.stringContaining('engine/template: Node "break"'),
      '  leaves flow child',
      '< "Broken."',
      '  end: completed',
    ])
  })

  test('goes on by its own exit when there is no such flow', () => {
    expect(lines([{ mo: 'go' }], { otherFlows: [] })).toEqual([
      expect.stringContaining('engine/call: Node "call" cannot call flow "child". It is not published.'),
      '  leaves flow child',
      '< "Broken."',
      '  end: completed',
    ])
  })

  test('ends with it when the contact says STOP', () => {
    const [, , , ...rest] = lines([{ mo: 'go' }, { mo: 'STOP' }])
    expect(rest.slice(-2)).toEqual(['  leaves flow child', '  end: interrupted'])
  })
})

test('flows that call themselves come to an end: the last calls are refused', () => {
  const endless = flowOf(
    {
      begin: { type: 'catch-all', to: { next: 'call' } },
      call: {
        type: 'test-call',
        data: { flow: 'endless' },
        to: { next: 'end', expired: 'end', failed: 'end' },
      },
      end,
    },
    { id: 'endless', variables: [{ name: 'returned', type: 'text' }] },
  )
  const played = lines([{ mo: 'go' }], { flow: endless, otherFlows: [], start: false })
  expect(played.filter((line) => line === '  enters flow endless')).toHaveLength(maxFrames - 1)
  expect(played.at(-1)).toBe('  end: completed')
  expect(played.join()).toContain('engine/call')
})

describe('what a flow changes of the contact', () => {
  const changing = (change: object) =>
    flowOf(
      {
        begin: { type: 'catch-all', to: { next: 'change' } },
        change: { type: 'test-change', data: { change: change as never }, to: { next: 'say' } },
        say: say(
          '{{ contact.name }} {{ contact.language }} {{ contact.fields.city }} {{ contact.groups | join: "+" }}',
          'end',
        ),
        end,
      },
      { translations: { hu: { 'say.text': 'Szia {{ contact.name }}!' } }, languages: { base: 'en', others: ['hu'] } },
    )

  test.each([
    [{ name: '{{ reply.text | capitalize }}' }, '  contact name = "Go"', '< "Go en  vip"'],
    [{ field: 'city', value: '{{ reply.text }}' }, '  contact field city = "go"', '< "Ada en go vip"'],
    [{ group: 'new', change: 'added' }, '  contact group new added', '< "Ada en  vip+new"'],
    [{ group: 'vip', change: 'removed' }, '  contact group vip removed', '< "Ada en  "'],
    [{ language: 'hu' }, '  contact language = "hu"', '< "Szia Ada!"'],
    [{ timezone: 'Europe/Budapest' }, '  contact time zone = "Europe/Budapest"', '< "Ada en  vip"'],
    [{ consent: 'in', topic: 'news' }, '  contact consent in for news', '< "Ada en  vip"'],
  ])('by %j is told, and counts at once', (change, told, text) => {
    const options = { flow: changing(change), contact: { name: 'Ada', groups: ['vip'] }, start: false }
    expect(lines([{ mo: 'go' }], options).slice(-3)).toEqual([told, text, '  end: completed'])
  })

  test.each([{ timezone: 'Mars' }, { name: '{{ contact.fields.none }}' }])(
    'fails where %j makes no sense',
    (change) => {
      const options = { flow: changing(change), start: false }
      expect(lines([{ mo: 'go' }], options).at(-2)).toContain('engine/node-failed: Node "change"')
    },
  )
})

describe('a flow that brings people in', () => {
  const flow = flowOf({
    begin: { type: 'keyword', data: { keywords: ['help me'], match: 'exact' }, to: { next: 'people' } },
    people: { type: 'test-escalate', to: { closed: 'bye', timeout: 'sorry' } },
    bye: say('Bye.', 'end'),
    sorry: say('Nobody came.', 'end'),
    end,
  })

  test('is silent while they talk, and goes on when they are done', () => {
    const inputs = [
      { mo: 'help me' },
      { mo: 'hello?' },
      { agent: { say: 'Hi!' } },
      { agent: { close: 'resolved' } },
    ] as const
    expect(lines(inputs, { flow })).toEqual([
      '  ticket in care: "help me"',
      '  waits for agent until 2026-01-01T13:00:00.000Z in people',
      '  ignored: not-waiting',
      '< "Hi!"',
      '< "Bye."',
      '  end: completed',
    ])
  })

  test('goes on when nobody comes, and the people have nothing to say any more', () => {
    const inputs = [{ mo: 'help me' }, { advance: 'PT1H' }, { agent: { say: 'Hi!' } }] as const
    expect(lines(inputs, { flow }).slice(2)).toEqual(['< "Nobody came."', '  end: completed', '  ignored: no-session'])
  })
})

describe('a tracked link', () => {
  const flow = flowOf({
    begin: { type: 'catch-all', to: { next: 'link' } },
    link: { type: 'test-link', data: { seconds: '{{ reply.text }}' }, to: { clicked: 'yes', timeout: 'no' } },
    yes: say('Opened.', 'end'),
    no: say('Not opened.', 'end'),
    end,
  })

  test('is a short address of its own, and its click an event', () => {
    const played = lines([{ mo: '30' }, { link: 'opened' }], { flow, start: false })
    expect(played).toEqual([
      expect.stringMatching(/^< "Look: https:\/\/example\.org\/l\/[A-HJ-NP-Za-km-z2-9]{10}"$/),
      '  waits for time until 2026-01-01T12:00:30.000Z in link',
      '< "Opened."',
      '  end: completed',
    ])
    expect(lines([{ mo: '30' }], { flow, start: false, seed: 2 })[0]).not.toBe(played[0])
  })

  test('waits as long as the node computed', () => {
    const played = lines([{ mo: '30' }, { advance: 'PT29S' }, { advance: 'PT1S' }], { flow, start: false })
    expect(played.slice(2)).toEqual(['< "Not opened."', '  end: completed'])
  })
})
