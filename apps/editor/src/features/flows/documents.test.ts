import { expect, test } from 'vitest'
import { copyName } from './documents.ts'

test.each([
  { name: 'Vote', copy: 'Vote copy' },
  { name: 'Vote copy', copy: 'Vote copy 2' },
  { name: 'Vote copy 9', copy: 'Vote copy 10' },
])('a copy of "$name" is called "$copy"', ({ name, copy }) => {
  expect(copyName(name)).toBe(copy)
})
