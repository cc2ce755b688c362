import { type AcceptedMt, type Address, type Clock, type Link, type MtState, TransportError } from '@textloom/core'
import { outboxKeyColumns } from '../../db/hot/keys.ts'
import { iso, names } from '../../db/hot/recordset.ts'
import type { Sql } from '../../db/sql.ts'
import type { Receipts } from '../receipts.ts'
import { Refusal } from './refusal.ts'

/** What can be done about an MT that was written already. */
export interface FollowUp {
  /**
   * Asks the network what has become of an MT, and records the answer like receipts.
   * @throws Refusal, StoreUnavailable
   */
  queryMessage(id: string): Promise<void>
  /**
   * Takes an MT back: one that waits does not leave, one that the network has accepted is cancelled there.
   * @throws Refusal where it is too late, or nobody can; StoreUnavailable
   */
  cancelMessage(id: string): Promise<void>
  /**
   * Puts another text in the place of an MT of one segment that the network has accepted and not delivered.
   * @throws Refusal where it is too late, or nobody can; StoreUnavailable
   */
  replaceMessage(id: string, text: string): Promise<void>
  /**
   * Lets an MT leave that is held because nobody knows whether it left: it may arrive twice.
   * @throws Refusal where it is not held
   */
  resendMessage(id: string): Promise<void>
}

export interface FollowUpDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly receipts: Pick<Receipts, 'receive'>
  /** The links of this process. */
  readonly links: { askingLink(id: string): Link | undefined }
}

interface MtRow {
  readonly link: string | null
  readonly state: MtState | 'cancelled'
  readonly from: Address
  readonly to: Address
  readonly segments: number
  readonly providerId: string | null
}

/** States in which a network may still do something about an MT: `unknown` is what it said itself, or nobody knows. */
const isOpen: ReadonlySet<MtRow['state']> = new Set<MtRow['state']>(['sent', 'unknown'])

export function followUpOn({ sql, clock, receipts, links }: FollowUpDeps): FollowUp {
  return {
    async queryMessage(id) {
      const mt = await accepted(sql, id)
      const link = linkOf(mt, links)
      if (link.query === undefined) throw cannot(mt, 'say what has become of a message')
      const reports = await asked(link.query(mt))
      for (const report of reports) await receipts.receive(mt.link, { type: 'dlr', ...report })
    },

    async cancelMessage(id) {
      // Whether a sender claims it or this takes it away, the row decides.
      if ((await sql.query(cancelQueued, [id, iso(clock.now())])).length > 0) return
      const mt = await accepted(sql, id)
      const link = linkOf(mt, links)
      if (link.cancel === undefined) throw cannot(mt, 'take back what was handed over')
      await asked(link.cancel(mt))
      for (const providerId of mt.providerIds) {
        await receipts.receive(mt.link, { type: 'dlr', providerId, state: 'deleted' })
      }
    },

    async replaceMessage(id, text) {
      const mt = await accepted(sql, id)
      const link = linkOf(mt, links)
      if (link.replace === undefined) throw cannot(mt, 'put another text in its place')
      await asked(link.replace(mt, text))
      await sql.query(replaced, [id, iso(clock.now()), text])
    },

    async resendMessage(id) {
      if ((await sql.query(resendHeld, [id, iso(clock.now())])).length > 0) return
      const [row] = await sql.query<MtRow>(find, [id])
      if (row === undefined) throw unknownMessage(id)
      throw new Refusal(
        'message-not-held',
        `Message ${id} is ${row.state}${row.providerId ? ', and the network has it' : ''}: only one of which nobody knows whether it left can be sent again.`,
      )
    },
  }
}

const key = names(outboxKeyColumns)

const cancelQueued = `
with taken as (
  update outbox set state = 'cancelled',
    error = '{"code":"runtime/cancelled","message":"Somebody cancelled it before it left."}'
  where id = $1::uuid and kind = 'sms' and state = 'queued'
  returning ${key}, id, link, attempt
)
insert into event (${key}, at, kind, data)
select ${key}, $2::timestamptz, 'mt.failed', json_build_object('message', id, 'link', coalesce(link, ''),
  'attempt', attempt, 'state', 'failed', 'code', 'runtime/cancelled')
from taken
returning 1`

// Its files went with the text before.
const replaced = `
with changed as (
  update outbox set payload = (payload::jsonb - 'attachments' || jsonb_build_object('text', $3::text))::json
  where id = $1::uuid and kind = 'sms'
  returning ${key}, id, link
)
insert into event (${key}, at, kind, data)
select ${key}, $2::timestamptz, 'mt.replaced', json_build_object('message', id, 'link', coalesce(link, '')) from changed`

// What a network has given an id has left for certain.
const resendHeld = `
update outbox set state = 'queued', due_at = $2::timestamptz, attempt = 0, possible_duplicate = true, error = null
where id = $1::uuid and kind = 'sms' and state = 'unknown' and coalesce(provider_id, '') = ''
returning 1`

const find = `
select link, state, payload ->> 'from' as "from", payload ->> 'to' as "to", segments, provider_id as "providerId"
from outbox where id = $1::uuid and kind = 'sms'`

// The first segment's stands in the row of its MT.
const segments = `
select r.provider_id as "providerId" from outbox o
join receipt r on (o.bucket, o.channel, o.phone, o.rev, o.n) = (r.bucket, r.channel, r.phone, r.rev, r.n)
where o.id = $1::uuid and o.kind = 'sms' and r.segment > 0 and r.link = o.link order by r.segment`

/** An MT that a network has accepted and not yet settled. */
async function accepted(sql: Sql, id: string): Promise<AcceptedMt & { readonly link: string }> {
  const [row] = await sql.query<MtRow>(find, [id])
  if (row === undefined) throw unknownMessage(id)
  if (row.state === 'queued' || row.state === 'sending') {
    throw new Refusal('message-underway', `Message ${id} is on its way to the network. Try again in a moment.`)
  }
  if (!isOpen.has(row.state) || row.link === null) {
    const state = row.state === 'cancelled' ? 'cancelled' : row.state
    throw new Refusal('message-settled', `Message ${id} is ${state}: nothing can be done about it any more.`)
  }
  const { link, from, to } = row
  return { key: id, link, from, to, providerIds: await providerIdsOf(sql, id, row) }
}

function unknownMessage(id: string): Refusal {
  return new Refusal('unknown-message', `There is no message ${id} that was sent from here.`)
}

async function providerIdsOf(sql: Sql, id: string, { segments: count, providerId }: MtRow): Promise<string[]> {
  const first = providerId ? [providerId] : []
  if (count === 1) return first
  const rows = await sql.query<{ providerId: string }>(segments, [id])
  return [...first, ...rows.map((row) => row.providerId)]
}

function linkOf({ link: id }: { readonly link: string }, links: FollowUpDeps['links']): Link {
  const link = links.askingLink(id)
  if (link !== undefined) return link
  throw new Refusal(
    'link-away',
    `The link "${id}" is not connected by this process. Try again, or ask the one that has it.`,
  )
}

function cannot({ link }: { readonly link: string }, what: string): Refusal {
  return new Refusal(
    'link-cannot',
    `The network behind link "${link}" cannot be asked to ${what}: its protocol has no way.`,
  )
}

/** What the network says no to is refused here too, in its words. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    throw new Refusal(error.retry === 'never' ? 'network-refused' : 'link-away', error.message)
  }
}
