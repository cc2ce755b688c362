import { expect, test } from 'vitest'
import { ago } from './ago.ts'

const now = Date.UTC(2026, 5, 15, 12)

test.each([
  { before: 20, says: 'just now' },
  { before: 61, says: '1 minute ago' },
  { before: 3 * 3600, says: '3 hours ago' },
  { before: 86_400, says: 'yesterday' },
  { before: 3 * 604_800, says: '3 weeks ago' },
  { before: -30, says: 'just now' },
])('$before seconds before now is "$says"', ({ before, says }) => {
  expect(ago(now - before * 1000, now)).toBe(says)
})
