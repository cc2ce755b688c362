import { expect, test } from 'vitest'
import { deedWords, endWords, holderWords, type TicketFacts, ticketMarks } from './ticket-words.ts'

const open: TicketFacts = {
  state: 'open',
  priority: 'normal',
  assignee: null,
  outcome: null,
  isWaiting: true,
  isOverdue: false,
  closedAt: null,
  closedBy: null,
}
const closed: TicketFacts = { ...open, state: 'closed', isWaiting: false, closedAt: '2026-01-05T10:00:00.000Z' }
const nowMs = Date.parse('2026-01-05T10:05:00.000Z')

test.each([
  { ticket: open, marks: [] },
  { ticket: { ...open, priority: 'urgent', isOverdue: true } as const, marks: ['Urgent', 'Overdue'] },
  { ticket: { ...open, priority: 'high' } as const, marks: ['High priority'] },
  { ticket: { ...closed, priority: 'urgent', outcome: 'resolved' } as const, marks: ['Resolved'] },
  { ticket: { ...closed, outcome: 'withdrawn' }, marks: ['Withdrawn'] },
  { ticket: { ...closed, outcome: 'of-tomorrow' }, marks: ['Closed'] },
])('a ticket is marked $marks', ({ ticket, marks }) => {
  expect(ticketMarks(ticket).map(({ label }) => label)).toEqual(marks)
})

test.each([
  { assignee: null, says: 'Nobody has it' },
  { assignee: { name: 'Ana', isYou: true }, says: 'You have it' },
  { assignee: { name: 'Éva', isYou: false }, says: 'Éva has it' },
])('$says', ({ assignee, says }) => {
  expect(holderWords({ assignee })).toBe(says)
})

test.each([
  { outcome: 'resolved', closedBy: 'Ana', says: 'Closed as resolved by Ana, 5 minutes ago.' },
  { outcome: 'timed-out', closedBy: null, says: 'Timed out, 5 minutes ago.' },
])('a ticket that ended $outcome: "$says"', ({ outcome, closedBy, says }) => {
  expect(endWords({ ...closed, outcome, closedBy }, nowMs)).toBe(says)
})

const deed = { agent: null, to: null, queue: 'desk', outcome: null }

test.each([
  { ...deed, what: 'opened', says: 'The flow asked for a person: Help desk' },
  { ...deed, what: 'refused', outcome: 'outside-hours', says: 'Help desk was closed' },
  { ...deed, what: 'refused', outcome: 'unavailable', says: 'Nobody was there: Help desk' },
  { ...deed, what: 'claimed', agent: 'Ana', says: 'Ana claimed it' },
  { ...deed, what: 'released', agent: 'Ana', says: 'Ana put it back' },
  { ...deed, what: 'transferred', agent: 'Ana', says: 'Ana moved it to Help desk' },
  { ...deed, what: 'transferred', agent: 'Ana', to: 'Éva', says: 'Ana handed it to Éva, Help desk' },
  { ...deed, what: 'closed', agent: 'Ana', outcome: 'resolved', says: 'Closed as resolved by Ana' },
  { ...deed, what: 'closed', outcome: 'withdrawn', says: 'Withdrawn' },
] as const)('the thread tells of $what: "$says"', ({ says, ...one }) => {
  expect(deedWords(one, (id) => (id === 'desk' ? 'Help desk' : id))).toBe(says)
})
