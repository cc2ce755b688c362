import type { Json, ValueType } from '@textloom/core'
import { expect, test } from 'vitest'
import { convert } from './convert.ts'

test.each<[Json, ValueType, Json | undefined]>([
  ['seven', 'text', 'seven'],
  [7, 'text', '7'],
  [true, 'text', 'true'],
  [{ a: [1] }, 'text', '{"a":[1]}'],
  [7, 'number', 7],
  ['7', 'number', 7],
  ['1,5', 'number', 1.5],
  ['seven', 'number', undefined],
  ['', 'number', undefined],
  [true, 'number', undefined],
  [[7], 'number', undefined],
  [false, 'boolean', false],
  ['True', 'boolean', true],
  ['no', 'boolean', false],
  [1, 'boolean', true],
  ['maybe', 'boolean', undefined],
  [{}, 'boolean', undefined],
  [{ a: 1 }, 'json', { a: 1 }],
  ['[1]', 'json', '[1]'],
  [null, 'text', null],
  [null, 'number', null],
  [null, 'boolean', null],
])('%j as %s is %j', (value, type, converted) => {
  expect(convert(value, type)).toEqual(converted)
})
