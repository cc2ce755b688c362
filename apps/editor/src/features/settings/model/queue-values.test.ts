import { expect, test } from 'vitest'
import { queueOf, queueValues } from './queue-values.ts'

const claims = {
  id: 'claims',
  name: 'Claims',
  parent: 'desk',
  topics: ['claim', 'damage'],
  maxWait: 'PT90M',
  staffing: 'signed-in' as const,
  holidays: ['2026-12-24'],
}

test('a queue goes through its form unchanged, with what the form does not show', () => {
  expect(queueOf(claims, queueValues(claims))).toEqual({ ...claims, maxWait: 'PT1H30M' })
})

test('what is emptied is left out', () => {
  const values = { ...queueValues(claims), parent: '', topics: ' , ', maxWait: '' }
  expect(queueOf(claims, values)).toEqual({
    id: 'claims',
    name: 'Claims',
    staffing: 'signed-in',
    holidays: ['2026-12-24'],
  })
})

test('a new queue begins empty', () => {
  const values = { ...queueValues(undefined), id: ' desk ', name: ' Help desk ', topics: 'a, b' }
  expect(queueOf(undefined, values)).toEqual({ id: 'desk', name: 'Help desk', staffing: 'always', topics: ['a', 'b'] })
})
