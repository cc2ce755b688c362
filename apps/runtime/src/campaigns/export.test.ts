import { expect, test } from 'vitest'
import { cellOf } from './export.ts'

test.each([
  ['+36201234567', '+36201234567'],
  ['=1+1', `"'=1+1"`],
  ['+1 OR 2', `"'+1 OR 2"`],
  ['＝cmd', `"'＝cmd"`],
  ['a, "b"', '"a, ""b"""'],
  [null, ''],
])('%s stands in a file as %s', (value, cell) => {
  expect(cellOf(value)).toBe(cell)
})
