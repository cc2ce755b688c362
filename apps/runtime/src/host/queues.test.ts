import { describe, expect, test } from 'vitest'
import { type QueueRules, queueNow } from './queues.ts'

const rules = (id: string, more: Partial<QueueRules> = {}): [string, QueueRules] => [
  id,
  { id, parent: null, isStaffed: true, ...more },
]
const office = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, from: '09:00', to: '17:00' }].map((span) => ({
  ...span,
  days: [...span.days],
}))
const night = [{ days: ['fri' as const], from: '22:00', to: '06:00' }]

describe('a queue', () => {
  test.each([
    // 2026-06-01 is a Monday.
    { at: '2026-06-01T07:00:00Z', zone: 'Europe/Budapest', refuses: undefined },
    { at: '2026-06-01T06:59:00Z', zone: 'Europe/Budapest', refuses: 'outside-hours' },
    { at: '2026-06-01T15:00:00Z', zone: 'Europe/Budapest', refuses: 'outside-hours' },
    { at: '2026-06-01T15:00:00Z', zone: 'UTC', refuses: undefined },
    { at: '2026-06-06T10:00:00Z', zone: 'UTC', refuses: 'outside-hours' },
    // 17:00 of the Friday before in New York is Saturday in Jakarta.
    { at: '2026-06-05T20:00:00Z', zone: 'America/New_York', refuses: undefined },
    { at: '2026-06-05T20:00:00Z', zone: 'Asia/Jakarta', refuses: 'outside-hours' },
    { at: '2026-06-02T10:00:00Z', zone: 'UTC', refuses: 'outside-hours', holidays: ['2026-06-02'] },
  ])('with office hours in $zone at $at: $refuses', ({ at, zone, refuses, holidays }) => {
    const queues = new Map([rules('desk', { hours: office, timezone: zone, ...(holidays && { holidays }) })])
    expect(queueNow(queues, { queue: 'desk' }, { now: Date.parse(at) }).refuses).toBe(refuses)
  })

  test.each([
    { at: '2026-06-05T21:59:00Z', refuses: 'outside-hours' },
    { at: '2026-06-05T22:00:00Z', refuses: undefined },
    { at: '2026-06-06T05:59:00Z', refuses: undefined },
    { at: '2026-06-06T06:00:00Z', refuses: 'outside-hours' },
  ])('that is open over night at $at: $refuses', ({ at, refuses }) => {
    const queues = new Map([rules('night', { hours: night })])
    expect(queueNow(queues, { queue: 'night' }, { now: Date.parse(at) }).refuses).toBe(refuses)
  })

  const now = Date.parse('2026-06-06T10:00:00Z')

  test('says of itself what its parent says, unless it says better', () => {
    const queues = new Map([
      rules('desk', { hours: office }),
      rules('sales', { parent: 'desk' }),
      rules('claims', { parent: 'desk', hours: [{ days: ['sat'], from: '00:00', to: '24:00' }] }),
    ])
    expect(queueNow(queues, { queue: 'sales' }, { now })).toEqual({ id: 'sales', refuses: 'outside-hours' })
    expect(queueNow(queues, { queue: 'claims' }, { now })).toEqual({ id: 'claims' })
  })

  test('hands a ticket to the queue below it that has its topic', () => {
    const queues = new Map([rules('desk'), rules('claims', { parent: 'desk', topics: ['claim'] })])
    expect(queueNow(queues, { queue: 'desk', topic: 'claim' }, { now }).id).toBe('claims')
    expect(queueNow(queues, { queue: 'desk', topic: 'other' }, { now }).id).toBe('desk')
    expect(queueNow(queues, { queue: 'desk' }, { now }).id).toBe('desk')
  })

  test('that wants somebody to be there is unavailable while nobody is', () => {
    const queues = new Map([rules('desk', { isStaffed: false })])
    expect(queueNow(queues, { queue: 'desk' }, { now })).toEqual({ id: 'desk', refuses: 'unavailable' })
  })

  test('that nobody configured takes every ticket', () => {
    expect(queueNow(new Map(), { queue: 'suport' }, { now })).toEqual({ id: 'suport' })
  })

  test('that is its own grandparent is asked once', () => {
    const queues = new Map([rules('a', { parent: 'b' }), rules('b', { parent: 'a' })])
    expect(queueNow(queues, { queue: 'a' }, { now })).toEqual({ id: 'a' })
  })
})
