import { formatDuration, type JsonObject, parseDuration } from '@textloom/core'
import { spanOf, spansOf, weekdays } from '../../../shared/hours/weekly-hours.ts'

type Day = (typeof weekdays)[number]['day']

/** A span of time on some days, as the API has it. */
export interface QueueSpan {
  readonly days: Day[]
  readonly from: string
  readonly to: string
}

/** A queue as the API has it. */
export interface QueueData {
  readonly id: string
  readonly name: string
  readonly parent?: string | null | undefined
  readonly topics?: string[] | undefined
  readonly hours?: QueueSpan[] | undefined
  readonly holidays?: string[] | undefined
  readonly timezone?: string | undefined
  readonly maxWait?: string | undefined
  readonly members?: string[] | undefined
  readonly staffing?: 'always' | 'signed-in' | undefined
}

/** What somebody types about a queue. */
export interface QueueValues {
  readonly id: string
  readonly name: string
  /** Empty: none. */
  readonly parent: string
  /** With commas between. */
  readonly topics: string
  /** Spans by day, `{"mon": ["09:00-17:00"]}`; empty: those of the queue above, or always. */
  readonly hours: JsonObject
  readonly holidays: readonly string[]
  /** Empty: that of the queue above, or of the channel. */
  readonly timezone: string
  /** Minutes; empty: as long as it takes. */
  readonly maxWait: string
  /** Ids; empty: everybody who may. */
  readonly members: readonly string[]
  readonly staffing: 'always' | 'signed-in'
}

/** A queue as the form shows it; a new one without a queue. */
export function queueValues(queue: QueueData | undefined): QueueValues {
  const { id = '', name = '', parent, topics = [], hours = [], holidays = [], timezone = '' } = queue ?? {}
  const { maxWait, members = [], staffing = 'always' } = queue ?? {}
  return {
    id,
    name,
    parent: parent ?? '',
    topics: topics.join(', '),
    hours: hoursByDay(hours),
    holidays,
    timezone,
    maxWait: maxWait === undefined ? '' : String(parseDuration(maxWait) / MINUTE_MS),
    members,
    staffing,
  }
}

/** The queue that these values describe. */
export function queueOf(values: QueueValues): QueueData {
  const { parent, holidays, timezone, maxWait, members, staffing } = values
  const topics = values.topics
    .split(',')
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '')
  const hours = spansByTime(values.hours)
  return {
    id: values.id.trim(),
    name: values.name.trim(),
    staffing,
    ...(parent !== '' && { parent }),
    ...(topics.length > 0 && { topics }),
    ...(hours.length > 0 && { hours }),
    ...(holidays.length > 0 && { holidays: [...holidays] }),
    ...(timezone !== '' && { timezone }),
    ...(Number(maxWait) > 0 && { maxWait: formatDuration(Number(maxWait) * MINUTE_MS) }),
    ...(members.length > 0 && { members: [...members] }),
  }
}

const MINUTE_MS = 60_000

function hoursByDay(hours: readonly QueueSpan[]): JsonObject {
  return Object.fromEntries(
    weekdays.flatMap(({ day }) => {
      const spans = hours.filter(({ days }) => days.includes(day)).map(({ from, to }) => `${from}-${to}`)
      return spans.length === 0 ? [] : [[day, spans.toSorted()]]
    }),
  )
}

/** Days with the same span of time share an entry. */
function spansByTime(hours: JsonObject): QueueSpan[] {
  const days = Map.groupBy(
    weekdays.flatMap(({ day }) => spansOf(hours, day).map((span) => ({ day, span }))),
    ({ span }) => span,
  )
  return [...days].map(([span, on]) => {
    const { from, to } = spanOf(span)
    return { days: on.map(({ day }) => day), from, to: to === '00:00' ? '24:00' : to }
  })
}
