import type { Clock } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import type { RoutingTable } from '../host/routing-table.ts'
import { recipientOf } from '../host/services/recipient.ts'
import { Refusal } from '../host/services/refusal.ts'
import type { Services } from '../host/services/services.ts'
import type { Member } from './audience.ts'
import type { CampaignRow } from './campaigns.ts'
import { textFor } from './text-for.ts'

const TEST_START_MS = 600_000

/** Who a test goes to, and as what. */
export interface TestRequest {
  readonly to: string
  readonly variant?: string | undefined
  readonly language?: string | undefined
  /** Unique for each test, so that asking twice sends once. */
  readonly key: string
}

/**
 * Sends a campaign to one phone at once, with what is known of its contact.
 * @throws Refusal
 */
export async function sendTest(
  { definition }: CampaignRow,
  { to, variant: wanted, language, key }: TestRequest,
  {
    sql,
    clock,
    routing,
    services,
  }: {
    readonly sql: Sql
    readonly clock: Clock
    readonly routing: Pick<RoutingTable, 'current'>
    readonly services: Pick<Services, 'sendMessage' | 'startSession'>
  },
): Promise<{ readonly id: string; readonly text: string | null }> {
  const { channel, content } = definition
  const { route, phone } = recipientOf(routing.current, channel, to)
  const request = { by: 'api', key, channel, to: phone } as const
  if (content.kind === 'flow') {
    const variant = content.variants.find(({ id }) => id === wanted) ?? content.variants[0]
    const { params } = content
    const start = {
      ...request,
      flow: variant?.flow ?? '',
      params,
      onBusy: 'interrupt',
      expiresInMs: TEST_START_MS,
    } as const
    return { id: (await services.startSession(start)).id, text: null }
  }
  const variant = content.variants.find(({ id }) => id === wanted) ?? content.variants[0]
  const known = await memberOf(sql, phone)
  const written = textFor(
    variant ?? { texts: {} },
    { ...known, language: language ?? known.language },
    { route, now: clock.now() },
  )
  if ('problem' in written) throw new Refusal('empty-text', written.problem)
  return { id: (await services.sendMessage({ ...request, text: written.text })).id, text: written.text }
}

async function memberOf(sql: Sql, phone: string): Promise<Member> {
  const [row] = await sql.query<Member>(
    `select phone, name, language, timezone, fields,
       (select coalesce(json_agg(m.group_id order by m.group_id), '[]') from group_member m where m.phone = c.phone) as groups
     from contact c where phone = $1::text`,
    [phone],
  )
  return { phone, name: null, language: null, timezone: null, fields: {}, groups: [], ...row }
}
