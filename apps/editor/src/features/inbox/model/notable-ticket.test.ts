import { expect, test } from 'vitest'
import { notableTicket } from './notable-ticket.ts'

test.each([
  { item: { kind: 'ticket.opened', data: { ticket: 't1' } }, is: 't1' },
  { item: { kind: 'ticket.heard', data: { ticket: 't1' } }, is: 't1' },
  { item: { kind: 'ticket.replied', data: { ticket: 't1' } }, is: undefined },
  { item: { kind: 'mo.received', data: { ticket: 't1' } }, is: undefined },
  { item: { kind: 'ticket.opened' }, is: undefined },
])('$item.kind is told about $is', ({ item, is }) => {
  expect(notableTicket(item)).toBe(is)
})
