import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { FlowParam } from './document.ts'
import { paramProblems } from './param-values.ts'

const declared: readonly FlowParam[] = [
  { name: 'time', type: 'text', required: true },
  { name: 'seats', type: 'number' },
  { name: 'vip', type: 'boolean' },
  { name: 'order', type: 'json' },
]

test.each<{ values: JsonObject; problems: readonly string[] }>([
  { values: { time: '10:00' }, problems: [] },
  { values: { time: '10:00', seats: 2, vip: false, order: [1] }, problems: [] },
  { values: {}, problems: ['The param "time" is required.'] },
  { values: { time: 10 }, problems: ['The param "time" must be a text, not 10.'] },
  { values: { time: 'x', seats: '2' }, problems: ['The param "seats" must be a number, not "2".'] },
  { values: { time: 'x', vip: null }, problems: ['The param "vip" must be true or false, not null.'] },
  {
    values: { time: 'x', seat: 2 },
    problems: ['The flow declares no param "seat". Did you mean "seats"?'],
  },
  { values: { time: 'x', toString: 1 }, problems: ['The flow declares no param "toString".'] },
])('starting with $values has the problems $problems', ({ values, problems }) => {
  expect(paramProblems(declared, values)).toEqual(problems)
})
