import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { type Field, formOf } from './field-model.ts'
import { blankEntry, entryName, entryNoun, labelField } from './row-model.ts'

const lists = [...registry.values()].flatMap(({ type, schema }) =>
  formOf({ schema }).flatMap((field) => (field.row ? [{ name: `${type}.${field.key}`, field, row: field.row }] : [])),
)
const list = (name: string): Field => lists.find((each) => each.name === name)!.field

test.each(lists.map((each) => [each.name, each] as const))(
  'a new entry of %s fits its schema',
  (name, { field, row }) => {
    const [type = ''] = name.split('.')
    const data =
      type === 'split'
        ? {}
        : {
            text: 'x',
            url: 'https://x.test',
            method: 'GET',
            timeout: 'PT1S',
            retries: 0,
            flow: 'other',
            field: 'city',
            result: 'score',
            of: 'value',
          }
    const label = labelField(row)
    const entry = { ...blankEntry(row, 'one'), ...(label ? { [label.key]: 'One' } : {}) }
    const more = type === 'ask' ? { kind: 'choice', variable: 'a' } : {}
    const { shape } = registry.get(type)!.schema as unknown as { shape: Record<string, unknown> }
    const known = Object.entries({ ...data, ...more, [field.key]: [entry] }).filter(([key]) => key in shape)
    expect(registry.get(type)!.schema.safeParse(Object.fromEntries(known)).error?.issues ?? []).toEqual([])
  },
)

test.each([
  ['menu.options', 'option'],
  ['ask.choices', 'choice'],
  ['split.rules', 'rule'],
  ['http.map', 'entry'],
])('what stands in %s is called %s', (name, noun) => {
  expect(entryNoun(list(name))).toBe(noun)
})

test('an entry is told by what it is called, else by its number', () => {
  const { row } = list('menu.options')
  expect(entryName({ id: 'a', label: ' Hours ' }, row!, 0)).toBe('“Hours”')
  expect(entryName({ id: 'a', label: '' }, row!, 1)).toBe('2')
  expect(entryName({ id: 'a', left: 'reply.text' }, list('split.rules').row!, 2)).toBe('3')
})
