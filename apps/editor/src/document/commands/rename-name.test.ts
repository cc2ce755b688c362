import type { FlowNode, JsonObject } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { createFlowEditor } from '../flow-editor.ts'
import { nodesOf, toDocument } from '../flow-state.ts'
import { usesOfName } from './rename-name.ts'

const node = (id: string, type: string, data: JsonObject): FlowNode => ({ id, type, data, position: { x: 0, y: 0 } })

function open() {
  return createFlowEditor({
    registry,
    document: {
      format: 'textloom/flow@1',
      id: 'f',
      name: 'F',
      languages: { base: 'en', others: ['hu'] },
      variables: [
        { name: 'age', type: 'number' },
        { name: 'age_group', type: 'text' },
      ],
      params: [{ name: 'date', type: 'text' }],
      nodes: [
        node('ask', 'ask', { text: 'How old? vars.age', kind: 'number', variable: 'age', retries: 0 }),
        node('if', 'split', {
          rules: [{ id: 'a', left: 'vars.age', op: 'number-gt', right: '{{ results.age.value }}' }],
        }),
        node('say', 'message', {
          text: '{{ vars.age | plus: vars.age }} {{vars.age_group}} {% if params.date %}x{% endif %}',
        }),
        node('get', 'http', {
          method: 'GET',
          url: 'https://x.test/{{ vars.age }}',
          map: [{ variable: 'age', path: 'a' }],
          timeout: 'PT1S',
        }),
        node('by-answer', 'split-result', {
          result: 'age',
          of: 'value',
          rules: [{ id: 'a', op: 'equals', right: 'age' }],
        }),
        node('grown', 'split-expression', {
          rules: [{ id: 'a', label: 'vars.age?', expression: 'vars.age > 17 && reply.text != "no \\"vars.age"' }],
        }),
      ],
      edges: [],
      translations: { hu: { 'say.text': '{{ vars.age }} vars.age' } },
      tests: [{ name: 't', params: { date: 'x' }, steps: [{ mo: '7' }, { result: { name: 'age', value: 7 } }] }],
    },
  })
}

test('a variable is renamed wherever the flow says it, and only there', () => {
  const { commands, document } = open()
  commands.renameName('variable', 'age', 'years')
  const { variables, nodes, translations, tests } = toDocument(document.getState().flow)
  expect(variables?.map(({ name }) => name)).toEqual(['years', 'age_group'])
  expect(nodes.map(({ data }) => data)).toEqual([
    { text: 'How old? vars.age', kind: 'number', variable: 'years', retries: 0 },
    { rules: [{ id: 'a', left: 'vars.years', op: 'number-gt', right: '{{ results.years.value }}' }] },
    { text: '{{ vars.years | plus: vars.years }} {{vars.age_group}} {% if params.date %}x{% endif %}' },
    {
      method: 'GET',
      url: 'https://x.test/{{ vars.years }}',
      map: [{ variable: 'years', path: 'a' }],
      timeout: 'PT1S',
    },
    { result: 'years', of: 'value', rules: [{ id: 'a', op: 'equals', right: 'age' }] },
    { rules: [{ id: 'a', label: 'vars.age?', expression: 'vars.years > 17 && reply.text != "no \\"vars.age"' }] },
  ])
  expect(translations?.hu?.['say.text']).toBe('{{ vars.years }} vars.age')
  expect(tests?.[0]?.steps[1]).toEqual({ result: { name: 'years', value: 7 } })
})

test('a parameter is renamed with the values that tests hand in', () => {
  const { commands, document } = open()
  commands.renameName('param', 'date', 'day')
  const { params, nodes, tests } = toDocument(document.getState().flow)
  expect(params?.[0]?.name).toBe('day')
  expect(nodes[2]?.data.text).toContain('{% if params.day %}')
  expect(tests?.[0]?.params).toEqual({ day: 'x' })
})

test('undo brings every place back at once', () => {
  const { commands, document } = open()
  const before = toDocument(document.getState().flow)
  commands.renameName('variable', 'age', 'years')
  expect(document.undo()).toBe('Rename age to years')
  expect(toDocument(document.getState().flow)).toEqual(before)
})

test('a name that is taken, or nobody has, changes nothing', () => {
  const { commands, document } = open()
  const before = document.getState()
  commands.renameName('variable', 'age', 'age_group')
  commands.renameName('variable', 'gone', 'years')
  expect(document.getState()).toBe(before)
})

test('uses are counted by step', () => {
  const nodes = nodesOf(open().document.getState().flow)
  expect(usesOfName(nodes, 'variable', 'age', registry)).toEqual([
    { node: 'ask', count: 1 },
    { node: 'if', count: 2 },
    { node: 'say', count: 2 },
    { node: 'get', count: 2 },
    { node: 'by-answer', count: 1 },
    { node: 'grown', count: 1 },
  ])
  expect(usesOfName(nodes, 'param', 'date', registry)).toEqual([{ node: 'say', count: 1 }])
})
