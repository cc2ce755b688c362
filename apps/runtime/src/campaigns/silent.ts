import { parseDuration } from '@textloom/core'
import type { CampaignRow } from './campaigns.ts'
import type { PlanDeps } from './plan.ts'

const again = `
insert into campaign_recipient (campaign, phone, occurrence, variant, state, due_at)
select r.campaign, r.phone, (r.occurrence::int + 1)::text, r.variant, 'planned', r.queued_at + $2::text::interval
from campaign_recipient r
where r.campaign = $1::uuid and r.occurrence::int <= $3::int and r.queued_at <= $4::timestamptz - $2::text::interval
  and r.state in ('queued', 'sent', 'delivered', 'unknown') and r.replied_at is null and r.opted_out_at is null
on conflict do nothing`

const waiting = `
select 1 from campaign_recipient r
where r.campaign = $1::uuid and r.occurrence::int <= $3::int and r.queued_at > $4::timestamptz - $2::text::interval
  and r.state in ('queued', 'sent', 'delivered', 'unknown') and r.replied_at is null and r.opted_out_at is null
limit 1`

/**
 * Plans another text for those who said nothing to an alert; whoever answers before it leaves gets none.
 * @returns with `is-over`: whether nobody is waited for any more
 */
export async function planSilent(
  { id, definition }: CampaignRow,
  { sql, clock }: Pick<PlanDeps, 'sql' | 'clock'>,
  ask?: 'is-over',
): Promise<boolean> {
  const { alert } = definition
  if (alert === undefined || alert.times === 0) return true
  const params = [id, `${parseDuration(alert.again)} milliseconds`, alert.times, new Date(clock.now())]
  if (ask === 'is-over') return (await sql.query(waiting, params)).length === 0
  await sql.query(again, params)
  return false
}
