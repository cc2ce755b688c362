import type { QueueConfig } from './queue-config.ts'

/** A queue as turns know it. */
export interface QueueRules extends Pick<QueueConfig, 'topics' | 'hours' | 'holidays' | 'timezone' | 'staffing'> {
  readonly id: string
  readonly parent: string | null
  /** False when it wants somebody to be there, and nobody of it was in the app lately. */
  readonly isStaffed: boolean
}

export type Queues = ReadonlyMap<string, QueueRules>

/** What a ticket for a queue finds now. */
export interface QueueNow {
  /** Where the ticket belongs. */
  readonly id: string
  /** Why nobody can take it. */
  readonly refuses?: 'outside-hours' | 'unavailable'
}

/**
 * Where a ticket goes, and whether anybody is there. A queue nobody configured takes tickets at all times: they are
 * listed under its name, and a plea for a person is never lost for a slip of spelling.
 */
export function queueNow(
  queues: Queues,
  ticket: { readonly queue: string; readonly topic?: string },
  { now, timezone = 'UTC' }: { readonly now: number; readonly timezone?: string | undefined },
): QueueNow {
  const named = queues.get(ticket.queue)
  if (named === undefined) return { id: ticket.queue }
  const { topic } = ticket
  const children = topic === undefined ? [] : [...queues.values()].filter(({ parent }) => parent === named.id)
  const queue = children.find(({ topics = [] }) => topic !== undefined && topics.includes(topic)) ?? named
  const line = lineOf(queues, queue)
  const hours = line.find((one) => one.hours !== undefined)?.hours
  const holidays = line.find((one) => one.holidays !== undefined)?.holidays ?? []
  const zone = line.find((one) => one.timezone !== undefined)?.timezone ?? timezone
  if (!isOpen({ hours, holidays }, now, zone)) return { id: queue.id, refuses: 'outside-hours' }
  return queue.isStaffed ? { id: queue.id } : { id: queue.id, refuses: 'unavailable' }
}

/** The queue and those above it. */
function lineOf(queues: Queues, queue: QueueRules): QueueRules[] {
  const line: QueueRules[] = []
  // A circle ends where it meets itself.
  for (let one: QueueRules | undefined = queue; one !== undefined && !line.includes(one); ) {
    line.push(one)
    one = one.parent === null ? undefined : queues.get(one.parent)
  }
  return line
}

function isOpen(
  { hours, holidays }: { readonly hours: QueueConfig['hours']; readonly holidays: readonly string[] },
  at: number,
  zone: string,
): boolean {
  const today = momentIn(zone, at)
  const yesterday = momentIn(zone, at - 86_400_000)
  return (
    (hours === undefined && !holidays.includes(today.date)) ||
    (hours ?? []).some(({ days, from, to }) => {
      const isOvernight = to <= from
      const isToday = days.includes(today.day) && !holidays.includes(today.date)
      const isYesterday = days.includes(yesterday.day) && !holidays.includes(yesterday.date)
      if (!isOvernight) return isToday && from <= today.time && today.time < to
      return (isToday && from <= today.time) || (isYesterday && today.time < to)
    })
  )
}

type Day = NonNullable<QueueConfig['hours']>[number]['days'][number]

interface Moment {
  readonly date: string
  readonly day: Day
  /** `09:05`. */
  readonly time: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

function momentIn(zone: string, at: number): Moment {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    day: (parts.weekday ?? '').toLowerCase() as Day,
    time: `${parts.hour}:${parts.minute}`,
  }
}
