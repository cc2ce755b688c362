import { formatDuration, parseDuration } from '@textloom/core'

/** A queue as the API has it; what the form does not show stays as it is. */
export interface QueueData {
  readonly id: string
  readonly name: string
  readonly parent?: string | null | undefined
  readonly topics?: string[] | undefined
  readonly maxWait?: string | undefined
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
  /** Minutes; empty: as long as it takes. */
  readonly maxWait: string
  readonly staffing: 'always' | 'signed-in'
}

/** A queue as the form shows it; a new one without a queue. */
export function queueValues(queue: QueueData | undefined): QueueValues {
  const { id = '', name = '', parent, topics = [], maxWait, staffing = 'always' } = queue ?? {}
  return {
    id,
    name,
    parent: parent ?? '',
    topics: topics.join(', '),
    maxWait: maxWait === undefined ? '' : String(parseDuration(maxWait) / MINUTE_MS),
    staffing,
  }
}

/** The queue that these values describe, with all of `before` that the form does not show. */
export function queueOf<T extends QueueData>(before: T | undefined, values: QueueValues): QueueData & Partial<T> {
  const { parent: _parent, topics: _topics, maxWait: _maxWait, ...kept } = before ?? ({} as Partial<T>)
  const topics = values.topics
    .split(',')
    .map((topic) => topic.trim())
    .filter((topic) => topic !== '')
  return {
    ...(kept as Partial<T>),
    id: values.id.trim(),
    name: values.name.trim(),
    staffing: values.staffing,
    ...(values.parent !== '' && { parent: values.parent }),
    ...(topics.length > 0 && { topics }),
    ...(Number(values.maxWait) > 0 && { maxWait: formatDuration(Number(values.maxWait) * MINUTE_MS) }),
  }
}

const MINUTE_MS = 60_000
