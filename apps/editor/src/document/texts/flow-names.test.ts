import type { FlowNode, JsonObject } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { flowNames, localNames, nameLabel } from './flow-names.ts'

function nodes(...list: [type: string, data: JsonObject][]): ReadonlyMap<string, FlowNode> {
  return new Map(
    list.map(([type, data], index) => [`n${index}`, { id: `n${index}`, type, data, position: { x: 0, y: 0 } }]),
  )
}

const names = flowNames(
  {
    languages: { base: 'pt-BR' },
    variables: [
      { name: 'first_name', type: 'text' },
      { name: 'tries', type: 'number', default: 3 },
    ],
    params: [{ name: 'date', type: 'text' }],
    nodes: nodes(
      ['ask', { text: 'Old?', kind: 'number', variable: 'age', retries: 0 }],
      ['ask', { text: 'broken' }],
      ['set', { variable: 'tries', value: '1' }],
      ['message', { text: 'In {{ contact.fields.city }}, {{ contact.fields.city }}' }],
    ),
  },
  registry,
)

test('everything that exists is offered, what the author made first', () => {
  expect(names.map(({ path, type }) => `${path} ${type}`)).toEqual([
    'vars.first_name text',
    'vars.tries number',
    'params.date text',
    'results.age.value number',
    'results.age.category text',
    'contact.name text',
    'contact.phone text',
    'contact.language text',
    'contact.fields.city text',
    'reply.text text',
    'channel.address text',
  ])
})

test.each([
  ['vars.first_name', 'first name', 'Alexandra'],
  ['vars.tries', 'tries', '3'],
  ['params.date', 'date', 'Tuesday 6 May'],
  ['results.age.value', 'answer age', '42'],
  ['contact.language', 'contact language', 'pt-BR'],
  ['contact.fields.city', 'contact city', 'Rotterdam'],
  ['reply.text', 'the last reply', 'Yes please'],
])('%s is called "%s" and counted as "%s"', (path, label, sample) => {
  expect(nameLabel(path, names)).toBe(label)
  expect(names.find((name) => name.path === path)?.sample).toBe(sample)
})

test('a path that the flow does not have is called what it is', () => {
  expect(nameLabel('vars.gone', names)).toBe('vars.gone')
})

test('names of one field are offered there, with what counters put in their place', () => {
  expect(localNames({ locals: { link: { label: 'the link', sample: 'https://a.example/l/1' } } })).toEqual([
    { path: 'link', label: 'the link', group: 'Here', type: 'text', sample: 'https://a.example/l/1' },
  ])
  expect(localNames({})).toEqual([])
})
