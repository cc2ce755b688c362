import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { end } from './index.ts'

test.each([
  { data: { outcome: 'completed' as const }, effect: { outcome: 'completed' }, body: 'Completed' },
  {
    data: { outcome: 'handed_over' as const, label: 'Complaint' },
    effect: { outcome: 'handed_over', label: 'Complaint' },
    body: 'Handed over: Complaint',
  },
])('an end with $data is the last thing a session does', ({ data, effect, body }) => {
  const session = sessionOn(end, data)
  expect(session.end).toEqual({ kind: 'end', ...effect })
  expect([session.session, session.timers]).toEqual([null, []])
  expect(end.describe(data)).toEqual({ title: 'End', body })
})
