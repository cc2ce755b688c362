import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { type Field, formOf, sectionsOf, shownFields } from './field-model.ts'

function form(type: string): readonly Field[] {
  const nodeType = registry.get(type)
  if (!nodeType) throw new Error(`no node type ${type}`)
  return formOf(nodeType)
}

/** `key: kind`, with `?` for what may be left out, and what an entry of a list holds in brackets. */
function outline(fields: readonly Field[]): string[] {
  return fields.map(({ key, kind, isOptional, row }) => {
    const entries = row ? ` [${row.hasIds ? '#, ' : ''}${outline(row.fields).join(', ')}]` : ''
    return `${key}${isOptional ? '?' : ''}: ${kind}${entries}`
  })
}

test.each<[string, string[]]>([
  [
    'keyword',
    [
      'keywords: words',
      'match: choice',
      'typos?: switch',
      'priority?: number',
      'channels?: words',
      'groups?: words',
      'exceptGroups?: words',
      'whenBusy?: choice',
    ],
  ],
  ['catch-all', ['whenBusy?: choice']],
  ['message', ['text: message', 'attachments?: templates', 'topic?: text']],
  [
    'ask',
    [
      'text: message',
      'kind: choice',
      'variable: variable',
      'choices?: list [#, label: text, synonyms: words]',
      'min?: number',
      'max?: number',
      'pattern?: text',
      'retries: number',
      'retryText?: message',
      'unreadableText?: message',
      'tooSmallText?: message',
      'tooLargeText?: message',
      'timeout?: duration',
    ],
  ],
  [
    'menu',
    [
      'text: message',
      'options: list [#, label: text, synonyms: words]',
      'retries: number',
      'retryText?: message',
      'timeout?: duration',
    ],
  ],
  ['result', ['name: name', 'value: template', 'category?: text']],
  ['groups', ['add: words', 'remove: words']],
  ['notify', ['by: choice', 'to: templates', 'subject?: template', 'text: text-block']],
  [
    'contact-update',
    [
      'name?: template',
      'language?: template',
      'timezone?: template',
      'fields: list [field: contact-field, value: template]',
      'clear?: words',
    ],
  ],
  ['link', ['text: message', 'url: template', 'wait?: duration', 'topic?: text']],
  ['call', ['flow: flow', 'params?: pairs', 'map: list [variable: variable, path: text]']],
  ['escalate', ['queue: text', 'topic?: template', 'priority?: choice', 'note: text-block', 'timeout?: duration']],
  ['wait', ['duration: duration']],
  ['split', ['rules: list [#, left: operand, op: choice, right?: template, list?: templates]']],
  ['split-field', ['field: contact-field', 'rules: list [#, op: choice, right?: template, list?: templates]']],
  ['split-result', ['result: result', 'of: choice', 'rules: list [#, op: choice, right?: template, list?: templates]']],
  ['split-expression', ['rules: list [#, label?: text, expression: expression]']],
  ['set', ['variable: variable', 'value: template']],
  [
    'http',
    [
      'method: choice',
      'url: template',
      'headers?: pairs',
      'body?: json',
      'map: list [variable: variable, path: text]',
      'status?: variable',
      'timeout: duration',
      'retries?: number',
    ],
  ],
  ['end', ['outcome: choice', 'label?: text']],
])('the form of %s has its fields', (type, expected) => {
  expect(outline(form(type))).toEqual(expected)
})

test('every field of every node type has a title', () => {
  const untitled = [...registry.values()].flatMap((nodeType) =>
    formOf(nodeType).filter(({ title, key }) => title === key),
  )
  expect(untitled).toEqual([])
})

test('choices are told in words, in the order of the schema', () => {
  expect(form('end').find(({ key }) => key === 'outcome')?.choices).toEqual([
    { value: 'completed', label: 'Completed' },
    { value: 'handed_over', label: 'Handed over to people' },
  ])
  expect(form('http')[0]?.choices?.[0]).toEqual({ value: 'GET', label: 'GET' })
})

test('numbers bring their limits, where these are worth telling', () => {
  expect(form('menu').find(({ key }) => key === 'retries')).toMatchObject({ min: 0, max: 10, isWhole: true })
  const smallest = form('ask').find(({ key }) => key === 'min')
  expect(smallest).toMatchObject({ isWhole: false })
  expect(smallest).not.toHaveProperty('min')
})

describe('fields that belong to one kind of answer', () => {
  test.each<[string, string[]]>([
    ['text', []],
    ['number', ['min', 'max']],
    ['yes-no', []],
    ['choice', ['choices']],
  ])('%s shows %j', (kind, expected) => {
    const shown = shownFields(form('ask'), { kind }).map(({ key }) => key)
    expect(shown.filter((key) => ['choices', 'min', 'max'].includes(key))).toEqual(expected)
  })

  test('a rule that looks at one value has no right side', () => {
    const row = form('split')[0]?.row?.fields ?? []
    expect(shownFields(row, { op: 'is-empty' }).map(({ key }) => key)).toEqual(['left', 'op'])
    expect(shownFields(row, { op: 'equals' }).map(({ key }) => key)).toEqual(['left', 'op', 'right'])
  })
})

test('sections follow one another, content first', () => {
  const sections = sectionsOf(form('ask')).map(({ section, fields }) => `${section}: ${fields.map(({ key }) => key)}`)
  expect(sections).toEqual([
    'content: text,kind,variable,choices,min,max,pattern',
    'replies: retries,retryText,unreadableText,tooSmallText,tooLargeText',
    'timing: timeout',
  ])
})
