import { expect, test } from 'vitest'
import { healthBoard } from './health.ts'

test('tells the last trouble of each part until it is in order again', () => {
  const health = healthBoard()
  health.report('database', new Error('gone'))
  health.report('database', new Error('still gone'))
  health.report('links', new Error('none'))
  expect(health.reasons()).toEqual(['database: still gone', 'links: none'])
  health.report('database')
  expect(health.reasons()).toEqual(['links: none'])
})

test('forgets a trouble that was reported for a time, but not what it was', () => {
  let nowMs = 0
  const health = healthBoard(() => nowMs)
  health.report('storing', new Error('disk full'), { forMs: 1_000 })
  nowMs = 999
  expect(health.reasons()).toEqual(['storing: disk full'])
  nowMs = 1_000
  expect(health.reasons()).toEqual([])
  expect(health.last('storing')?.message).toBe('disk full')
})
