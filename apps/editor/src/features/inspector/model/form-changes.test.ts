import type { JsonObject } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { produce } from 'immer'
import { expect, test } from 'vitest'
import { fieldValue, formOf } from './field-model.ts'
import { governs, setField } from './form-changes.ts'

const ask = formOf(registry.get('ask')!)
const rule = formOf(registry.get('split')!)[0]!.row!.fields
const asked: JsonObject = { text: 'How many?', kind: 'number', variable: 'n', min: 1, max: 5, retries: 1 }

const after = (data: JsonObject, fields: typeof ask, key: string, value: string) =>
  produce(data, (draft) => setField(draft, fields, key, value))

test('another kind of answer takes its own fields along, and brings an empty list for choices', () => {
  expect(after(asked, ask, 'kind', 'choice')).toEqual({
    text: 'How many?',
    kind: 'choice',
    variable: 'n',
    retries: 1,
    choices: [],
  })
})

test('what it becomes fits the schema, from any kind to any other', () => {
  const kinds = ['text', 'number', 'yes-no', 'choice']
  for (const from of kinds) {
    const before = after(asked, ask, 'kind', from)
    for (const to of kinds) {
      const { success } = registry.get('ask')!.schema.safeParse(after(before, ask, 'kind', to))
      expect(`${from} to ${to}: ${success}`).toBe(`${from} to ${to}: true`)
    }
  }
})

test('a rule that looks at one value loses its right side', () => {
  const equals = { id: 'a', left: 'reply.text', op: 'equals', right: 'yes' }
  expect(after(equals, rule, 'op', 'is-empty')).toEqual({ id: 'a', left: 'reply.text', op: 'is-empty' })
  expect(after(equals, rule, 'op', 'contains')).toEqual({ ...equals, op: 'contains' })
})

test('no default is put in on the way', () => {
  expect(after(asked, ask, 'text', 'And?')).toEqual({ ...asked, text: 'And?' })
  expect(after({ ...asked, min: 2 }, ask, 'kind', 'number')).toEqual({ ...asked, min: 2 })
})

test('only fields that others go by govern', () => {
  expect(ask.filter(({ key }) => governs(ask, key)).map(({ key }) => key)).toEqual(['kind'])
})

test('a field that took the place of a switch says what that says, and replaces it', () => {
  const keyword = formOf(registry.get('keyword')!)
  const policy = keyword.find(({ key }) => key === 'whenBusy')!
  const old: JsonObject = { keywords: ['A'], match: 'exact', interrupts: true }
  expect(fieldValue(policy, old)).toBe('interrupt')
  expect(fieldValue(policy, { ...old, interrupts: false })).toBeUndefined()
  expect(governs(keyword, 'whenBusy')).toBe(true)
  expect(after(old, keyword, 'whenBusy', 'skip')).toEqual({ keywords: ['A'], match: 'exact', whenBusy: 'skip' })
})
