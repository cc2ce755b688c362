import { ago } from '../../../shared/words/ago.ts'

/** What of a ticket its face is made of. */
export interface TicketFacts {
  readonly state: 'open' | 'closed'
  readonly priority: 'low' | 'normal' | 'high' | 'urgent'
  readonly assignee: { readonly name: string; readonly isYou: boolean } | null
  readonly outcome: string | null
  readonly isWaiting: boolean
  readonly isOverdue: boolean
  readonly closedAt: string | null
  readonly closedBy: string | null
}

/** A mark beside a ticket. */
export interface TicketMark {
  readonly label: string
  readonly tone?: 'good' | 'warn' | 'bad'
}

/** The marks of a ticket, the most pressing first. */
export function ticketMarks({ state, priority, isOverdue, outcome }: TicketFacts): readonly TicketMark[] {
  if (state === 'closed') {
    return [{ label: outcomes[outcome ?? '']?.mark ?? 'Closed', ...(outcome === 'resolved' && { tone: 'good' }) }]
  }
  return [
    ...(priority === 'urgent' ? [{ label: 'Urgent', tone: 'bad' } as const] : []),
    ...(priority === 'high' ? [{ label: 'High priority', tone: 'warn' } as const] : []),
    ...(isOverdue ? [{ label: 'Overdue', tone: 'bad' } as const] : []),
  ]
}

/** Who has it: `you`, a name, or nobody. */
export function holderWords({ assignee }: Pick<TicketFacts, 'assignee'>): string {
  if (assignee === null) return 'Nobody has it'
  return assignee.isYou ? 'You have it' : `${assignee.name} has it`
}

/** How a ticket ended, as a sentence. */
export function endWords({ outcome, closedAt, closedBy }: TicketFacts, nowMs: number): string {
  const by = closedBy === null ? '' : ` by ${closedBy}`
  const when = closedAt === null ? '' : `, ${ago(Date.parse(closedAt), nowMs)}`
  return `${outcomes[outcome ?? '']?.says ?? 'Closed'}${by}${when}.`
}

/** Why a ticket ended that no agent closed, and what happens next. */
export function endReason({ outcome }: Pick<TicketFacts, 'outcome'>): string {
  return outcomes[outcome ?? '']?.after ?? 'The flow went on.'
}

/** What became of a ticket, as a line of its thread. */
export function deedWords(
  deed: {
    readonly what: 'opened' | 'refused' | 'claimed' | 'released' | 'transferred' | 'closed'
    readonly agent: string | null
    readonly to: string | null
    readonly queue: string | null
    readonly outcome: string | null
  },
  queueName: (id: string) => string,
): string {
  const { what, to, outcome } = deed
  const agent = deed.agent ?? 'Somebody'
  const queue = deed.queue === null ? 'its queue' : queueName(deed.queue)
  switch (what) {
    case 'opened':
      return `The flow asked for a person: ${queue}`
    case 'refused':
      return outcome === 'outside-hours' ? `${queue} was closed` : `Nobody was there: ${queue}`
    case 'claimed':
      return `${agent} claimed it`
    case 'released':
      return `${agent} put it back`
    case 'transferred':
      return to === null ? `${agent} moved it to ${queue}` : `${agent} handed it to ${to}, ${queue}`
    case 'closed': {
      const says = outcomes[outcome ?? '']?.says ?? 'Closed'
      return deed.agent === null ? says : `${says} by ${deed.agent}`
    }
  }
}

const outcomes: {
  readonly [outcome: string]: { readonly mark: string; readonly says: string; readonly after: string }
} = {
  resolved: { mark: 'Resolved', says: 'Closed as resolved', after: 'The flow went on by “resolved”.' },
  unavailable: {
    mark: 'Unavailable',
    says: 'Closed as nobody available',
    after: 'The flow went on by “nobody available”.',
  },
  'outside-hours': {
    mark: 'Outside hours',
    says: 'Refused outside the hours of the queue',
    after: 'The flow went on by “outside hours” at once.',
  },
  'timed-out': {
    mark: 'Timed out',
    says: 'Timed out',
    after: 'Nobody closed it in the time the flow gives, so the flow went on.',
  },
  withdrawn: {
    mark: 'Withdrawn',
    says: 'Withdrawn',
    after: 'They texted STOP, or the conversation ended otherwise. There is nothing to answer any more.',
  },
}
