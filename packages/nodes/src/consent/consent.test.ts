import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { consent } from './index.ts'

test.each([
  { data: { consent: 'in' }, change: { consent: 'in' }, says: 'Agrees: To all messages' },
  { data: { consent: 'out' }, change: { consent: 'out' }, says: 'Refuses: To all messages' },
  {
    data: { consent: 'in', topic: 'offers' },
    change: { consent: 'in', topic: 'offers' },
    says: 'Agrees: To messages about offers',
  },
  {
    data: { consent: 'out', topic: 'offers' },
    change: { consent: 'out', topic: 'offers' },
    says: 'Refuses: To messages about offers',
  },
] as const)('$data tells the host $change', ({ data, change, says }) => {
  const session = sessionOn(consent, data)
  expect(session.effects).toEqual([{ kind: 'contact', node: 'consent', change }])
  expect(session.leftBy).toBe('next')
  const { title, body } = consent.describe(data)
  expect(`${title}: ${body}`).toBe(says)
})

test.each(['', ' ', ' offers', '{{ vars.topic }}', 'x'.repeat(65)])('"%s" is no topic', (topic) => {
  expect(consent.schema.safeParse({ consent: 'in', topic }).success).toBe(false)
})
