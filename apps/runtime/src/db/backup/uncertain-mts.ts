import { outboxKeyColumns } from '../hot/keys.ts'
import { names } from '../hot/recordset.ts'
import type { Sql } from '../sql.ts'

/**
 * What becomes of MTs that waited when a backup was made: they may have left since, by the instance that was backed
 * up. `hold` keeps them until somebody decides, `send` sends them, `drop` sends none.
 */
export const queuedPolicies = ['hold', 'send', 'drop'] as const

export type QueuedPolicy = (typeof queuedPolicies)[number]

/** How many MTs were uncertain, and what became of them. */
export interface UncertainMts {
  readonly held: number
  readonly queued: number
  readonly dropped: number
}

const key = names(outboxKeyColumns)

/** Those that were just leaving are held whatever the policy: the network may have them. */
const ends = (state: 'queued' | 'sending', to: 'unknown' | 'cancelled', message: string) => `
with uncertain as (
  update outbox set state = '${to}', possible_duplicate = ${to === 'unknown'},
    error = '{"code":"runtime/restored","message":"${message}"}'
  where kind = 'sms' and state = '${state}'
  returning ${key}, id, link, attempt
), told as (
  insert into event (${key}, at, kind, data)
  select ${key}, now(), 'mt.failed', json_build_object('message', id, 'link', coalesce(link, ''), 'attempt', attempt,
    'state', '${to === 'unknown' ? 'unknown' : 'failed'}', 'code', 'runtime/restored')
  from uncertain
)
select count(*) as n from uncertain`

const leaving = ends('sending', 'unknown', 'It was just leaving when the backup was made.')
const held = ends('queued', 'unknown', 'It waited when the backup was made, and may have left since.')
const dropped = ends('queued', 'cancelled', 'It waited when the backup was made, and the restore was to drop those.')
const queued = `
with marked as (
  update outbox set possible_duplicate = true where kind = 'sms' and state = 'queued' returning 1
)
select count(*) as n from marked`

// The backup does not know whom a campaign reached since: nobody but a person can say whether it goes on.
const campaigns = `
update campaign set state = 'paused',
  trouble = 'It ran when the backup was made that the instance was restored from, and may have reached more people since.'
where state = 'running'`

/** Deals with the MTs of a restored database of which nobody knows whether they left, and with what would go on. */
export async function settleUncertainMts(tx: Sql, policy: QueuedPolicy): Promise<UncertainMts> {
  // The backup of an older release has none.
  const [known] = await tx.query<{ found: string | null }>(`select to_regclass('campaign')::text as found`)
  if (known?.found) await tx.query(campaigns)
  const count = async (text: string) => (await tx.query<{ n: number }>(text))[0]?.n ?? 0
  const counts = { held: await count(leaving), queued: 0, dropped: 0 }
  switch (policy) {
    case 'hold':
      return { ...counts, held: counts.held + (await count(held)) }
    case 'drop':
      return { ...counts, dropped: await count(dropped) }
    case 'send':
      return { ...counts, queued: await count(queued) }
  }
}
