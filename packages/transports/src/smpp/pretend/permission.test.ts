import { expect, test } from 'vitest'
import { statusName } from '../pdu/status.ts'
import { Permission } from './permission.ts'

test('takes so many in each second, and throttles the others', () => {
  let now = 0
  const permission = new Permission(() => now, 2)
  const next = (at: number) => {
    now = at
    const refusal = permission.refusal()
    return refusal === undefined ? 'taken' : statusName(refusal).split(',')[0]
  }
  expect([0, 900, 950, 1_000, 1_001, 1_999].map(next)).toEqual([
    'taken',
    'taken',
    'ESME_RTHROTTLED',
    'taken',
    'taken',
    'ESME_RTHROTTLED',
  ])
  permission.mostPerSecond = 0
  expect(next(9_000)).toBe('ESME_RMSGQFUL')
  permission.mostPerSecond = undefined
  expect(next(9_000)).toBe('taken')
})
