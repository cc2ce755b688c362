import { defineNode, type FlowDocument, jsonObjectSchema, nodeRegistry } from '@textloom/core'
import { compileFlow } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { createMachine, initialTransition } from 'xstate'

const flow = flowOf(
  {
    word: { type: 'keyword', data: { keywords: ['JOIN'], match: 'exact' }, to: { next: 'ask' } },
    any: { type: 'catch-all', to: { next: 'ask' } },
    ask: {
      type: 'ask',
      data: { text: 'Age?', kind: 'number', variable: 'age', retries: 1, timeout: 'P30D' },
      to: { next: 'end', other: 'wait', timeout: 'end' },
    },
    wait: { type: 'wait', data: { duration: 'PT2H' }, to: { next: 'ask' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  {
    variables: [
      { name: 'age', type: 'number', default: 1 },
      { name: 'city', type: 'text' },
    ],
    params: [{ name: 'room', type: 'text' }],
    settings: { expiry: 'P1D' },
  },
)

describe('compileFlow', () => {
  const compiled = compileFlow(flow, registry)

  test('makes plain JSON that plain XState makes a machine of', () => {
    const text = JSON.stringify(compiled.config)
    const machine = createMachine(JSON.parse(text))
    expect(JSON.parse(text)).toEqual(compiled.config)
    expect(initialTransition(machine)[0].value).toBe('(idle)')
    expect(Object.keys(machine.states)).toEqual([
      '(idle)',
      'word',
      'any',
      'ask',
      'wait',
      'end',
      '(interrupted)',
      '(expired)',
    ])
  })

  test('makes a config that nobody can change', () => {
    expect(isFrozen(compiled.config)).toBe(true)
  })

  test('does not change the flow, and gives the same machine for it again', () => {
    const before = JSON.stringify(flow)
    expect(compileFlow(flow, registry).config).toEqual(compiled.config)
    expect(JSON.stringify(flow)).toBe(before)
  })

  test('tells what hosts must know of the flow', () => {
    expect(compiled.starts.map(({ id }) => id)).toEqual(['word', 'any'])
    expect(compiled.expiryMs).toBe(86_400_000)
    expect(compiled.initialContext).toMatchObject({ vars: { age: 1, city: null }, params: { room: null } })
    expect([compiled.waitsOf('ask'), compiled.waitsOf('wait'), compiled.waitsOf('end')]).toEqual([
      'reply',
      'time',
      null,
    ])
    expect([compiled.nodeOf('wait'), compiled.nodeOf({ ask: 'try-1' })]).toEqual(['wait', 'ask'])
  })

  test('waits longer than JavaScript timers can', () => {
    expect(JSON.stringify(compiled.config)).toContain('"after":{"2592000000"')
  })

  test('finds texts in the language of a contact, and as they are where there is no translation', () => {
    const { translate } = compileFlow(
      {
        ...flow,
        translations: {
          hu: { 'ask.text': 'Kora?', 'end.label': 'vége' },
          'pt-BR': { 'ask.text': 'Idade?' },
          de: { 'ask.text': ' ' },
        },
      },
      registry,
    )
    const inLanguage = (language: string | undefined) => translate('ask', 'Age?', [language])
    expect([inLanguage('hu'), inLanguage('hu-HU'), inLanguage('pt-br')]).toEqual(['Kora?', 'Kora?', 'Idade?'])
    expect([inLanguage('pt'), inLanguage('de'), inLanguage('en'), inLanguage(undefined)]).toEqual(Array(4).fill('Age?'))
    expect(translate('other', 'Age?', ['hu'])).toBe('Age?')
    expect(translate('ask', 'Age?', ['de', 'hu'])).toBe('Kora?')
    expect(translate('ask', 'Age?', ['en', 'hu'])).toBe('Age?')
  })

  test('a flow without settings expires after seven days', () => {
    const { settings: _, ...rest } = flow
    expect(compileFlow(rest, registry).expiryMs).toBe(7 * 86_400_000)
  })

  test.each<{ title: string; broken: FlowDocument; says: string }>([
    {
      title: 'an unknown node type',
      broken: flowOf({ n: { type: 'teleport' } }),
      says: 'Node "n" is of the unknown type "teleport".',
    },
    {
      title: 'an open exit',
      broken: flowOf({ n: { type: 'message', data: { text: 'x' } } }),
      says: 'Exit "next" of node "n" leads nowhere. Connect it to a node.',
    },
    {
      title: 'data that its node type refuses',
      broken: flowOf({ n: { type: 'wait', data: { duration: 'soon' }, to: { next: 'n' } } }),
      says: 'Node "n" cannot be compiled: data.duration: ',
    },
  ])('throws for $title', ({ broken, says }) => {
    expect(() => compileFlow(broken, registry)).toThrow(says)
  })

  test.each([
    { title: 'a guard', compile: 'guard' as const, says: 'names "missing", which is not among its guards' },
    { title: 'an update', compile: 'update' as const, says: 'names "missing", which is not among its updates' },
    { title: 'an exit', compile: 'exit' as const, says: 'leaves by "missing", which is not among its handles' },
  ])('throws for a node type that names $title it does not have', ({ compile, says }) => {
    const broken = defineNode({
      type: 'broken',
      version: 1,
      family: 'do',
      title: 'Broken',
      summary: 'Names what it does not have.',
      icon: 'bug',
      schema: jsonObjectSchema,
      waits: null,
      handles: () => [],
      compile: (_data, context) => {
        context[compile]('missing')
        return {}
      },
      describe: () => ({ title: '', body: '' }),
    })
    expect(() => compileFlow(flowOf({ n: { type: 'broken' } }), nodeRegistry([broken]))).toThrow(says)
  })

  test('compiles 5,000 nodes in seconds', () => {
    const startedAt = performance.now()
    const { config } = compileFlow(longFlow(5_000), registry)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(Object.keys(config.states ?? {})).toHaveLength(5_000 + 5)
  })
})

function longFlow(nodeCount: number): FlowDocument {
  const messages = Array.from({ length: nodeCount }, (_, index) => {
    const next = index + 1 === nodeCount ? 'end' : `m${index + 1}`
    return [`m${index}`, { type: 'message', data: { text: `${index}` }, to: { next } }] as const
  })
  return flowOf({
    start: { type: 'catch-all', to: { next: 'm0' } },
    ...Object.fromEntries(messages.slice(0, -1)),
    [`m${nodeCount - 1}`]: {
      type: 'ask',
      data: { text: '?', kind: 'text', variable: 'a', retries: 0 },
      to: { next: 'end' },
    },
    end: { type: 'end', data: { outcome: 'completed' } },
  })
}

function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value).every(isFrozen)
}
