import { stoppedClock } from '@textloom/core/testing'
import { expect, test } from 'vitest'
import { firstIdAt, timeOfId, uuidsBy } from './ids.ts'

test('ids are UUIDv7 by the clock, all different, and sort in the order they were made', () => {
  const clock = stoppedClock()
  const ids = uuidsBy(clock)
  const made = Array.from({ length: 5_000 }, (_, index) => {
    if (index % 1_000 === 999) clock.advance(1)
    return ids.next()
  })
  expect(new Set(made).size).toBe(made.length)
  expect(made.toSorted()).toEqual(made)
  for (const id of made.slice(0, 10))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('the first id of a millisecond is before all of it and after all before it', () => {
  const clock = stoppedClock()
  const before = uuidsBy(clock).next()
  clock.advance(1)
  const first = firstIdAt(clock.now())
  expect(before < first).toBe(true)
  expect(first <= uuidsBy(clock).next()).toBe(true)
})

test('an id tells when it was made', () => {
  const clock = stoppedClock()
  expect(timeOfId(uuidsBy(clock).next())).toBe(clock.now())
})
