import { defineNode, type JsonObject, jsonObjectSchema, nodeRegistry } from '@textloom/core'
import { analyseCalls, analyseFlow } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { nodeTypes } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'

const calling = defineNode({
  type: 'test-call',
  version: 1,
  family: 'do',
  title: 'Call',
  summary: '',
  icon: '',
  schema: jsonObjectSchema,
  waits: null,
  handles: () => [],
  compile: () => ({}),
  describe: () => ({ title: '', body: '' }),
  calls: ({ flow = '', params = {} }) => [{ path: 'flow', flow: String(flow), params: Object.keys(params ?? {}) }],
})
const writesFirst = defineNode({
  type: 'test-campaign',
  version: 1,
  family: 'start',
  title: 'Campaign',
  summary: '',
  icon: '',
  schema: jsonObjectSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: () => ({}),
  describe: () => ({ title: '', body: '' }),
  start: { on: 'campaign', whenBusy: () => 'skip' },
})
const own = nodeTypes.filter(({ type }) => type !== 'call')
const registry = nodeRegistry([...own, calling, writesFirst])

function issues(text: string, translations?: Record<string, Record<string, string>>, start = 'catch-all') {
  const flow = flowOf(
    {
      start: { type: start, to: { next: 'say' } },
      say: { type: 'message', data: { text }, to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    translations ? { translations, languages: { base: 'en', others: Object.keys(translations) } } : {},
  )
  return analyseFlow(flow, registry).map(({ code, path, message }) => ({ code, path, message }))
}

describe('what a text costs', () => {
  test('typography that makes it dearer is named, with what GSM 7-bit has instead', () => {
    expect(issues(`It’s “here” … ${'a'.repeat(80)}`)).toEqual([
      {
        code: 'flow/forces-ucs2',
        path: 'nodes[1].data.text',
        message: `"text" takes 2 segments because of ’ ('), “ ("), ” ("), … (...); 1 with what GSM 7-bit has instead.`,
      },
    ])
  })

  test.each([
    ['short enough to make no difference', 'It’s here'],
    ['with letters that its language needs', `It’s így lesz jó, hűha ${'a'.repeat(60)}`],
    ['in six segments', 'a'.repeat(6 * 153)],
  ])('a text %s is left alone', (_, text) => {
    expect(issues(text)).toEqual([])
  })

  test('a text of too many segments is told, in the language that has it', () => {
    expect(issues('a', { hu: { 'say.text': 'ő'.repeat(403) } })).toEqual([
      {
        code: 'flow/long-text',
        path: 'translations["hu"]["say.text"]',
        message: '"text" (hu) takes up to 7 segments (UCS-2): say it in fewer words, or in two texts.',
      },
    ])
  })
})

describe('a flow that writes first', () => {
  test('says how to opt out', () => {
    expect(issues('News! Reply STOP to opt out.', undefined, 'test-campaign')).toEqual([])
    expect(issues('News!', undefined, 'test-campaign')).toMatchObject([{ code: 'flow/no-opt-out', path: 'nodes[0]' }])
  })

  test('says so in every language', () => {
    expect(issues('News! STOP', { hu: { 'say.text': 'Hírek!' } }, 'test-campaign')).toMatchObject([
      { code: 'flow/no-opt-out', message: expect.stringContaining('(hu)') },
    ])
  })
})

describe('calls', () => {
  const flow = (id: string, calls: string, params: object = {}) =>
    flowOf({ call: { type: 'test-call', data: { flow: calls, params: params as never } } }, { id, name: id })

  test.each([
    { says: 'a flow that is not there', calls: 'chidl', params: {}, codes: ['flow/unknown-flow'] },
    { says: 'nothing wrong', calls: 'child', params: { who: 'x' }, codes: [] },
    { says: 'a parameter too many', calls: 'child', params: { who: 'x', what: 'y' }, codes: ['flow/call-params'] },
    { says: 'a parameter too few', calls: 'child', params: {}, codes: ['flow/call-params'] },
    { says: 'itself', calls: 'parent', params: {}, codes: ['flow/call-circle'] },
    { says: 'a flow that calls back', calls: 'back', params: {}, codes: ['flow/call-circle'] },
  ])('$says: $codes', ({ calls, params, codes }) => {
    const child = flowOf({}, { id: 'child', params: [{ name: 'who', type: 'text', required: true }] })
    const found = analyseCalls(flow('parent', calls, params), [child, flow('back', 'parent')], registry)
    expect(found.map(({ code }) => code)).toEqual(codes)
  })

  test('the circle is named, and the flow that was meant', () => {
    const [circle] = analyseCalls(flow('parent', 'back'), [flow('back', 'parent')], registry)
    expect(circle?.message).toContain('parent → back → parent')
    const [unknown] = analyseCalls(flow('parent', 'bakc'), [flow('back', 'parent')], registry)
    expect(unknown?.message).toContain('Did you mean "back"?')
  })
})

describe('a question', () => {
  const asking = (more: JsonObject, to: Record<string, string> = {}) =>
    analyseFlow(
      flowOf({
        start: { type: 'catch-all', to: { next: 'ask' } },
        ask: {
          type: 'ask',
          data: { text: 'Well?', kind: 'text', variable: 'a', retries: 0, ...more },
          to: { next: 'end', ...to },
        },
        end: { type: 'end', data: { outcome: 'completed' } },
      }),
      registry,
    )
      .filter(({ code }) => code !== 'flow/unused-variable' && code !== 'flow/undefined-variable')
      .map(({ code, path, message }) => ({ code, path, message }))

  test('that says how long it waits, and where silence leads, is well', () => {
    expect(asking({ timeout: 'PT1H' }, { timeout: 'end' })).toEqual([])
  })

  test('that waits without end is told once', () => {
    expect(asking({})).toEqual([
      {
        code: 'flow/no-reply-exit',
        path: 'nodes[1].data.timeout',
        message:
          'Whoever does not reply stays here until the conversation expires: say how long to wait, and connect "No reply".',
      },
    ])
  })

  test('whose exit for silence leads nowhere has an open exit, and that is all', () => {
    expect(asking({ timeout: 'PT1H' }).map(({ code }) => code)).toEqual(['flow/open-exit'])
  })

  test('whose exit for silence is connected although it never comes to that is told so', () => {
    expect(asking({}, { timeout: 'end' })).toEqual([
      {
        code: 'flow/no-reply-exit',
        path: 'nodes[1].data.timeout',
        message: 'Nobody leaves by "No reply": say how long to wait for the reply.',
      },
    ])
  })
})

test('a translation of a link’s text holds the link', () => {
  const flow = (text: string) =>
    flowOf(
      {
        start: { type: 'catch-all', to: { next: 'link' } },
        link: {
          type: 'link',
          data: { text: 'Here: {{ link }}', url: 'https://example.com/' },
          to: { next: 'end' },
        },
        end: { type: 'end', data: { outcome: 'completed' } },
      },
      { translations: { hu: { 'link.text': text } }, languages: { base: 'en', others: ['hu'] } },
    )
  const found = (text: string) =>
    analyseFlow(flow(text), registry).map(({ code, path, message }) => [code, path, message])
  expect(found('Itt: {{ link }}')).toEqual([])
  expect(found('Itt: {{ link | upcase }}')).toEqual([])
  expect(found('Itt van.')).toEqual([
    [
      'flow/incomplete-translation',
      'translations.hu["link.text"]',
      '"text" in "hu" does not hold the link: write {{ link }} where it goes.',
    ],
  ])
  expect(found('Itt: {{ link').map(([code]) => code)).toContain('flow/template-syntax')
})
