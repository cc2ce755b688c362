import { type FlowDocument, flowFormat, type JsonObject } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { fromDocument } from '../flow-state.ts'
import { flowNames } from './flow-names.ts'
import { namesAt } from './names-at.ts'

const node = (id: string, type: string, data: JsonObject) => ({ id, type, position: { x: 0, y: 0 }, data })
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
})

/** Greeting → name → age (or not) → thanks; a saved test of nobody. */
const document: FlowDocument = {
  format: flowFormat,
  id: 'signup',
  name: 'Sign up',
  languages: { base: 'en' },
  variables: [
    { name: 'name', type: 'text' },
    { name: 'age', type: 'number' },
    { name: 'plan', type: 'text', default: 'free' },
  ],
  params: [{ name: 'date', type: 'text' }],
  nodes: [
    node('start', 'keyword', { keywords: ['JOIN'], match: 'exact' }),
    node('hello', 'message', { text: 'Hi' }),
    node('ask-name', 'ask', { text: 'Name?', kind: 'text', variable: 'name', retries: 0 }),
    node('ask-age', 'ask', { text: 'Age?', kind: 'number', variable: 'age', retries: 0 }),
    node('thanks', 'message', { text: 'Thanks' }),
  ],
  edges: [
    edge('start', 'next', 'hello'),
    edge('hello', 'next', 'ask-name'),
    edge('ask-name', 'next', 'ask-age'),
    edge('ask-age', 'next', 'thanks'),
    edge('ask-age', 'other', 'thanks'),
  ],
}
const flow = fromDocument(document)
const made = (at: string) =>
  namesAt(flow, flowNames(flow, registry), at, registry)
    .filter(({ group }) => ['Variables', 'Parameters', 'Answers'].includes(group))
    .map(({ path, mayBeEmpty }) => `${path}${mayBeEmpty ? '?' : ''}`)

test.each([
  { at: 'hello', names: ['vars.plan', 'params.date?'] },
  {
    at: 'ask-age',
    names: ['vars.name', 'vars.plan', 'params.date?', 'results.name.value', 'results.name.category?'],
  },
  {
    at: 'thanks',
    names: [
      'vars.name',
      'vars.age?',
      'vars.plan',
      'params.date?',
      'results.name.value',
      'results.name.category?',
      'results.age.value?',
      'results.age.category?',
    ],
  },
])('at $at there can be $names', ({ at, names }) => {
  expect(made(at)).toEqual(names)
})

test('what every conversation has is offered everywhere', () => {
  const fixed = namesAt(flow, flowNames(flow, registry), 'hello', registry).map(({ path }) => path)
  expect(fixed).toEqual(expect.arrayContaining(['contact.name', 'contact.phone', 'reply.text', 'channel.address']))
})
