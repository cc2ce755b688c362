import { expect, test } from 'vitest'
import { checkMemory, maxMemoryCharacters } from './memory.ts'

const nothing = { vars: {}, results: {} }

test.each([
  { kept: 'few', length: 10, fits: true },
  { kept: 'as many as may be', length: maxMemoryCharacters - 20, fits: true },
  { kept: 'one too many', length: maxMemoryCharacters, fits: false },
])('$kept characters fit: $fits', ({ length, fits }) => {
  const check = () => checkMemory({ vars: { a: 'x'.repeat(length) }, results: {} }, nothing)
  if (fits) expect(check).not.toThrow()
  else expect(check).toThrow('more than 1000000 characters')
})

test('what stayed as it was is not counted anew', () => {
  const large = { vars: { a: 'x'.repeat(2 * maxMemoryCharacters) }, results: {} }
  expect(() => checkMemory({ ...large }, large)).not.toThrow()
})
