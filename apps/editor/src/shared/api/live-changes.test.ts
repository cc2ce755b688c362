import { expect, test } from 'vitest'
import { isOutdated, outdatedBy } from './live-changes.ts'

const phone = '+15550101'

test.each([
  { kind: 'mo.received', key: ['messages'], is: true },
  { kind: 'mo.received', key: ['messages', { phone }], is: true },
  { kind: 'mo.received', key: ['messages', { phone: '+15550102' }], is: false },
  { kind: 'mt.queued', key: ['session', 'run-1'], is: true },
  { kind: 'mt.queued', key: ['session', 'run-2'], is: false },
  { kind: 'mt.sent', key: ['sessions', { flow: 'help' }], is: false },
  { kind: 'session.moved', key: ['sessions', { flow: 'help' }], is: true },
  { kind: 'session.moved', key: ['figures'], is: false },
  { kind: 'session.ended', key: ['figures', 'P1D'], is: true },
  { kind: 'session.ended', key: ['flows', { archived: false }], is: true },
  { kind: 'result', key: ['session', 'run-1'], is: true },
  { kind: 'link.status', key: ['links'], is: true },
  { kind: 'link.status', key: ['messages'], is: false },
  { kind: 'event.dead', key: ['dead-letters', { resolved: 'false' }], is: true },
  { kind: 'event.ignored', key: ['messages', { phone }], is: true },
  { kind: 'mt.sent', key: ['thread', { phone }, 't1'], is: true },
  { kind: 'mt.sent', key: ['tickets', {}], is: false },
  { kind: 'ticket.heard', key: ['tickets', { view: 'mine' }], is: true },
  { kind: 'ticket.claimed', key: ['ticket', 't1'], is: true },
  { kind: 'ticket.claimed', key: ['ticket', 't2'], is: false },
  { kind: 'ticket.noted', key: ['thread', { phone }, 't1'], is: true },
  { kind: 'ticket.noted', key: ['thread', { phone: '+15550102' }, 't2'], is: false },
  { kind: 'ticket.closed', key: ['session', 'run-1'], is: true },
  { kind: 'mo.received', key: ['me'], is: false },
])('$kind makes $key out of date: $is', ({ kind, key, is }) => {
  const outdated = outdatedBy({ kind, phone, channel: '4040', data: { run: 'run-1', ticket: 't1' } })
  expect(outdated.some((one) => isOutdated(key, one))).toBe(is)
})
