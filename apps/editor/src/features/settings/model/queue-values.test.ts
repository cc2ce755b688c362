import { expect, test } from 'vitest'
import { queueOf, queueValues } from './queue-values.ts'

const claims = {
  id: 'claims',
  name: 'Claims',
  parent: 'desk',
  topics: ['claim', 'damage'],
  hours: [
    { days: ['mon' as const, 'tue' as const], from: '09:00', to: '12:00' },
    { days: ['mon' as const], from: '13:00', to: '24:00' },
  ],
  holidays: ['2026-12-24'],
  timezone: 'Europe/Budapest',
  maxWait: 'PT90M',
  members: ['01a202cb-ba14-7eab-8383-b75a5e01ebde'],
  staffing: 'signed-in' as const,
}

test('a queue goes through its form unchanged', () => {
  expect(queueOf(queueValues(claims))).toEqual({ ...claims, maxWait: 'PT1H30M' })
})

test('its hours are shown by day', () => {
  expect(queueValues(claims).hours).toEqual({ mon: ['09:00-12:00', '13:00-24:00'], tue: ['09:00-12:00'] })
})

test('what is emptied is left out', () => {
  const values = { ...queueValues(claims), parent: '', topics: ' , ', maxWait: '', hours: {}, holidays: [] }
  expect(queueOf({ ...values, timezone: '', members: [] })).toEqual({
    id: 'claims',
    name: 'Claims',
    staffing: 'signed-in',
  })
})

test('a new queue begins empty', () => {
  const values = { ...queueValues(undefined), id: ' desk ', name: ' Help desk ', topics: 'a, b' }
  expect(queueOf(values)).toEqual({ id: 'desk', name: 'Help desk', staffing: 'always', topics: ['a', 'b'] })
})
