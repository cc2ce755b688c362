import { expect, test } from 'vitest'
import { centredAround } from './centre.ts'

const view = { zoom: 0.5, viewPx: 1_000, roomPx: 20 }

test.each([
  { all: [0, 800], part: [0, 200], left: 300, what: 'a drawing that fits is in the middle' },
  { all: [0, 6_000], part: [0, 400], left: 20, what: 'of one that does not, the part stays in sight at the left' },
  { all: [-6_000, 400], part: [0, 400], left: 780, what: 'or at the right' },
  { all: [0, 6_000], part: [0, 4_000], left: undefined, what: 'a part that does not fit is left where it is' },
] as const)('$what', ({ all: [from, to], part: [start, end], left }) => {
  expect(centredAround({ all: { from, to }, part: { from: start, to: end } }, view)).toBe(left)
})
