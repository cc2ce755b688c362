/** The tables that a backup holds. */
export const keptTables = [
  'app_user',
  'api_key',
  'audit',
  'audit_head',
  'campaign',
  'campaign_occurrence',
  'campaign_recipient',
  'campaign_rule',
  'channel',
  'consent',
  'consent_entry',
  'consent_review',
  'contact',
  'contact_change',
  'contact_field',
  'contact_group',
  'contact_import',
  'contact_import_row',
  'contact_note',
  'dead_letter',
  'erased_opt_out',
  'event',
  'flow',
  'flow_channel',
  'flow_revision',
  'group_member',
  'idempotency_key',
  'inbox',
  'link',
  'outbox',
  'part',
  'pending_start',
  'queue',
  'receipt',
  'run',
  'session',
  'suppression',
  'ticket',
  'ticket_note',
  'tracked_link',
  'webhook',
] as const

/** The tables that a backup does not hold, and why. */
export const leftOutTables = {
  contact_import_piece: 'Files that were uploaded and not imported yet are uploaded again.',
  browser_session: 'Who is signed in signs in again: a backup lets nobody in.',
  lease: 'Who owns what for now: nobody owns anything of a database that was just restored.',
  rate_limit: 'Counts of the last minutes.',
  schema_migration: 'The header names the migrations, and a restore applies them.',
  set_up_token: 'Links that work once, for a day: a backup lets nobody in.',
} as const

/** The sequences that a restore moves on, so that nothing counts twice. */
export const keptSequences = ['lease_epoch', 'webhook_message'] as const

/** A table that a backup holds. */
export type KeptTable = (typeof keptTables)[number]

export function isKeptTable(name: string): name is KeptTable {
  return keptTables.some((table) => table === name)
}
