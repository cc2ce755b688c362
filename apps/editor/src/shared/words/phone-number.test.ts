import { expect, test } from 'vitest'
import { fullNumber, maskedNumber } from './phone-number.ts'

test.each([
  { written: '+1 (555) 010-1', is: '+15550101' },
  { written: '0044 7700 900123', is: '+447700900123' },
  { written: '5550101', is: undefined },
  { written: 'Ada', is: undefined },
  { written: '+12', is: undefined },
])('"$written" is the number $is', ({ written, is }) => {
  expect(fullNumber(written)).toBe(is)
})

test.each([
  { phone: '+15550101', shown: '•••• 0101' },
  { phone: '4040', shown: '4040' },
])('a list shows $phone as "$shown"', ({ phone, shown }) => {
  expect(maskedNumber(phone)).toBe(shown)
})
