import { bucketOf } from '../../bucket.ts'
import { sessionKeyColumns, sessionKeyRow } from '../keys.ts'
import { iso, lookedUp } from '../recordset.ts'
import { insertion, type Section } from './section.ts'

/** Short addresses, in the store of the MT that carries them. */
export const trackedLinks = insertion(
  'tracked_links',
  'tracked_link',
  {
    ...sessionKeyColumns,
    token: 'text',
    url: 'text',
    run_id: 'uuid',
    node: 'text',
    flow_revision: 'text',
    message: 'uuid',
    created_at: 'timestamptz',
  },
  (batch) =>
    (batch.trackedLinks ?? []).map((write) => ({
      ...sessionKeyRow(write),
      token: write.token,
      url: write.url,
      run_id: write.runId,
      node: write.node,
      flow_revision: write.flowRevision,
      message: write.message,
      created_at: iso(write.createdAt),
    })),
)

/** That they were opened. */
export const linkOpens: Section = {
  name: 'link_opens',
  columns: { bucket: 'smallint', token: 'text', at: 'timestamptz' },
  rows: (batch) =>
    (batch.linkOpens ?? []).map(({ channel, phone, token, at }) => ({
      bucket: bucketOf(channel, phone),
      token,
      at: iso(at),
    })),
  write: (source) => `update tracked_link t set opened_at = coalesce(t.opened_at, x.at)
    from ${source} where ${lookedUp('t', 'x', ['bucket', 'token'])}`,
}
