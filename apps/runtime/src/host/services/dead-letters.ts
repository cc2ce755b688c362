import type { Clock, Ids } from '@textloom/core'
import type { Sql } from '../../db/sql.ts'
import type { HostEvent, Outcome } from '../incoming.ts'
import { canonicalAddress } from '../numbers.ts'
import type { Routing } from '../routing.ts'
import type { RoutingTable } from '../routing-table.ts'
import type { Submit } from '../submit.ts'
import { Refusal } from './refusal.ts'

/** What could not be handled, once more. */
export interface DeadLetters {
  /**
   * Handles a dead letter again, as if it came in now; it is resolved then, whatever comes of it: what fails again is
   * a new dead letter. Asked twice, it is handled once.
   * @throws Refusal `unknown-dead-letter` or `dead-letter-resolved`, StoreUnavailable
   */
  retryDeadLetter(id: string): Promise<Outcome>
}

export interface DeadLettersDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly ids: Ids
  readonly routing: RoutingTable
  readonly submit: Submit
}

export function deadLetters({ sql, clock, ids, routing, submit }: DeadLettersDeps): DeadLetters {
  return {
    async retryDeadLetter(id) {
      const rows = await sql.query<{ event: HostEvent; resolved_at: Date | null }>(
        'select event, resolved_at from dead_letter where id = $1::uuid',
        [id],
      )
      const [letter] = rows
      if (letter === undefined) throw new Refusal('unknown-dead-letter', `There is no dead letter ${id}.`)
      if (letter.resolved_at !== null)
        throw new Refusal('dead-letter-resolved', `Dead letter ${id} is resolved already.`)
      const outcome = await submit(again(letter.event, { id, newId: ids.next(), routing: routing.current }))
      await sql.query(
        `update dead_letter set resolved_at = $2::timestamptz, resolution = 'retried'
         where id = $1::uuid and resolved_at is null`,
        [id, new Date(clock.now())],
      )
      return outcome
    },
  }
}

/** The event under a new name; an MO goes to the channel that is there for it by now. */
function again(
  event: HostEvent,
  { id, newId, routing }: { readonly id: string; readonly newId: string; readonly routing: Routing },
): HostEvent {
  if (event.kind === 'due') return event
  const named = { ...event, messageId: `retry:${id}` }
  if (named.kind !== 'mo') return named
  const { parts: _parts, fingerprint: _fingerprint, ...mo } = named
  const route = routing.channels.get(mo.channel) ?? routing.channelFor(mo.link, mo.to)
  const to = route === undefined ? {} : { channel: route.id, phone: canonicalAddress(mo.from, route.country) }
  return { ...mo, ...to, id: newId }
}
