import { expect, test } from 'vitest'
import { flowIdFor } from './flow-id.ts'

test.each([
  { name: 'Spring offer 2026!', taken: [], id: 'spring-offer-2026' },
  { name: 'Időpont-emlékeztető', taken: [], id: 'idopont-emlekezteto' },
  { name: 'Vote', taken: ['vote', 'vote-2'], id: 'vote-3' },
  { name: '投票', taken: [], id: 'flow' },
])('"$name" becomes "$id"', ({ name, taken, id }) => {
  expect(flowIdFor(name, (it) => (taken as string[]).includes(it))).toBe(id)
})
