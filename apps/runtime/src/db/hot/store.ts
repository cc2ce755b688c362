import { type Sql, SqlError } from '../sql.ts'
import { byKey } from './keys.ts'
import {
  consentEntries,
  consentReviews,
  consents,
  contactChanges,
  contacts,
  groupsJoined,
  groupsLeft,
  groupsNamed,
} from './store/contact.ts'
import { pendingStarts, pendingStartsDone, runEnds, runStarts, sessions } from './store/conversation.ts'
import { cancels, handOvers, inbox, outbox, partsDone, receipts, settleHttp } from './store/message.ts'
import { deadLetters, events, suppressionsAdded, suppressionsRemoved } from './store/record.ts'
import { cte, type Section } from './store/section.ts'
import { ticketChanges, ticketNotes, tickets } from './store/ticket.ts'
import { linkOpens, trackedLinks } from './store/tracked-link.ts'
import type { StoreBatch, Stored } from './types.ts'

/**
 * STORE: writes everything of `batch` or nothing, in one autocommit statement. `conflict` means nothing was written
 * because a session was not exactly one `rev` behind, a message id was already known, or another statement was in
 * the way: drop cached sessions, `findRedelivered`, try again in halves.
 * @throws SqlError with `isPoison` when a row cannot be stored at all (bisect and dead-letter it), with
 *   `isUnavailable` when the database could not be asked (try the same batch again: if it was stored after all, that
 *   is a conflict)
 */
export async function store(sql: Sql, batch: StoreBatch): Promise<Stored | 'conflict'> {
  try {
    const { text, params } = statementFor(batch)
    const [row] = params.length > 0 ? await sql.query<StoredRow>(text, params) : []
    return { handedOver: row?.handed ?? [] }
  } catch (error) {
    if (error instanceof SqlError && (error.code === DIVISION_BY_ZERO || error.isContention)) return 'conflict'
    // On the nodes of Citus rows are written before the guard is asked: there a stale batch fails by the keys of its rows.
    if (error instanceof SqlError && sql.isDistributed && isKnownKey(error) && !hasTwins(batch)) return 'conflict'
    // A time that is none, JSON nested deeper than it can be written: as unfit to be stored as what the database refuses.
    if (error instanceof RangeError) throw new SqlError(error.message, DATA_EXCEPTION, { cause: error })
    throw error
  }
}

/** Citus hands on what a node says about a key with its words, not always with its code. */
function isKnownKey({ code, message }: SqlError): boolean {
  return code === UNIQUE_VIOLATION || (code === INTERNAL_ERROR && message.includes('duplicate key value'))
}

/** True when no database could store all rows of the batch, since two have one key. */
function hasTwins({ outbox = [] }: StoreBatch): boolean {
  return (
    new Set(outbox.map(({ channel, phone, rev, n }) => JSON.stringify([channel, phone, rev, n]))).size < outbox.length
  )
}

const UNIQUE_VIOLATION = '23505'
const INTERNAL_ERROR = 'XX000'

interface StoredRow {
  readonly handed: readonly string[] | null
}

const DATA_EXCEPTION = '22000'

/** What the guard raises: the only division in the statement is its own. */
const DIVISION_BY_ZERO = '22012'

/**
 * Sessions and inbox first: the guard is evaluated before any list that it does not mention, so a stale batch fails
 * as a conflict and not by the keys of the outbox rows that are already there.
 */
const SECTIONS: readonly Section[] = [
  sessions,
  inbox,
  outbox,
  handOvers,
  events,
  runStarts,
  runEnds,
  settleHttp,
  cancels,
  receipts,
  partsDone,
  suppressionsAdded,
  suppressionsRemoved,
  consentEntries,
  consents,
  consentReviews,
  contacts,
  groupsNamed,
  groupsJoined,
  groupsLeft,
  contactChanges,
  deadLetters,
  pendingStarts,
  pendingStartsDone,
  tickets,
  ticketChanges,
  ticketNotes,
  trackedLinks,
  linkOpens,
]

/** One text per set of lists that are not empty: prepared once per connection, planned once. */
const texts = new Map<number, string>()

function statementFor(batch: StoreBatch): { text: string; params: (string | number)[] } {
  const present: Section[] = []
  const lists: string[] = []
  const counts: number[] = []
  let shape = 0
  for (const [index, section] of SECTIONS.entries()) {
    const rows = section.rows(batch)
    if (rows.length === 0) continue
    shape |= 1 << index
    present.push(section)
    lists.push(JSON.stringify(isKeyed(rows) ? rows.toSorted(byKey) : rows))
    if (section.guard !== undefined) counts.push(rows.length)
  }
  let text = texts.get(shape)
  if (text === undefined) {
    text = statementText(present)
    texts.set(shape, text)
  }
  return { text, params: [...lists, ...counts] }
}

function statementText(sections: readonly Section[]): string {
  const parts = sections.map((section, index) => cte(section, index + 1))
  const guarded = sections.filter((section) => section.guard !== undefined)
  const guards = guarded.map(
    ({ name, guard }, index) =>
      `(select count(*) from ${name} where ${guard}) = $${sections.length + index + 1}::bigint`,
  )
  const handed = sections.includes(handOvers)
    ? `(select json_agg(id) from ${handOvers.name} where state = 'sending')`
    : 'null'
  // The guard first: what it does not mention is written after it was evaluated.
  return `with ${parts.join(',\n')}\nselect 1 / (${guards.join(' and ') || 'true'})::int as stored, ${handed} as handed`
}

type Keyed = { readonly bucket: number; readonly channel: string; readonly phone: string }

/** True when the rows carry a session's key; lists of contacts and topics come sorted by phone. */
function isKeyed(rows: readonly object[]): rows is readonly Keyed[] {
  const first = rows[0]
  return first !== undefined && 'bucket' in first && 'phone' in first && 'channel' in first
}
