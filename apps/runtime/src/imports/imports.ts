import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'
import type { ReadingWishes } from './reading/read-table.ts'
import type { ImportRules, Mapping } from './rules.ts'
import type { FileLook } from './thread/protocol.ts'

/** Where an import stands. */
export const importStates = [
  'draft',
  'checking',
  'checked',
  'running',
  'done',
  'cancelled',
  'undoing',
  'undone',
  'failed',
] as const

export type ImportState = (typeof importStates)[number]

/** What was chosen for a file. */
export interface ImportPlan {
  readonly mapping: Mapping
  readonly rules: ImportRules
}

/** What a dry run found. Rows of a file are in exactly one of the first six, refused ones by what was wrong. */
export interface ImportCounts {
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly same: number
  /** Left alone by the rules. */
  readonly skipped: number
  /** The same phone stands in a later row, which takes what this one says. */
  readonly merged: number
  readonly refused: { readonly [problem: string]: number }
  /** Contacts of the file who opted out, of everything or of the topic that is declared: they stay so. */
  readonly optedOut: number
  /** Groups that the file names and that will be made. */
  readonly newGroups: readonly { readonly id: string; readonly title: string }[]
}

/** What an import did so far. */
export interface ImportResult {
  readonly created: number
  readonly changed: number
  readonly same: number
  readonly skipped: number
  readonly consents: number
  /** Declared consents that were not recorded, for the contact opted out. */
  readonly refusedConsents: number
}

/** What an undo did so far. */
export interface UndoResult {
  readonly removed: number
  readonly restored: number
  /** Contacts of whom something was changed since, which stays. */
  readonly kept: number
}

/** An import as it is stored. */
export interface ImportRow {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly state: ImportState
  readonly wishes: ReadingWishes
  readonly look: FileLook
  readonly plan: ImportPlan | null
  readonly progress: number
  readonly position: number
  readonly counts: ImportCounts | null
  readonly result: ImportResult | null
  readonly undone: UndoResult | null
  readonly problem: string | null
  readonly createdBy: string
  readonly actor: string
  readonly actorName: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly ranAt: Date | null
}

const columns = `id, name, size, state, wishes, look, plan, progress, position, counts, result, undone, problem,
  created_by as "createdBy", actor, actor_name as "actorName", created_at as "createdAt", updated_at as "updatedAt",
  ran_at as "ranAt"`

/** Who lets something be done. */
export interface ImportActor {
  readonly actor: string
  readonly actorName: string
}

/** Keeps a file that was just uploaded and looked at. */
export async function insertImport(
  tx: Sql,
  row: ImportActor & Pick<ImportRow, 'id' | 'name' | 'size' | 'wishes' | 'look'> & { readonly at: number },
): Promise<void> {
  const { id, name, size, wishes, look, actor, actorName, at } = row
  await tx.query(
    `insert into contact_import (id, name, size, state, wishes, look, created_by, actor, actor_name, created_at, updated_at)
     values ($1::uuid, $2::text, $3::int, 'draft', $4::text::jsonb, $5::text::jsonb, $7::text, $6::text, $7::text,
       $8::timestamptz, $8::timestamptz)`,
    [id, name, size, JSON.stringify(wishes), JSON.stringify(look), actor, actorName, iso(at)],
  )
}

export async function findImport(sql: Sql, id: string): Promise<ImportRow | undefined> {
  return (await sql.query<ImportRow>(`select ${columns} from contact_import where id = $1::uuid`, [id]))[0]
}

/** The same, locked until the transaction ends. */
export async function lockImport(tx: Sql, id: string): Promise<ImportRow | undefined> {
  return (await tx.query<ImportRow>(`select ${columns} from contact_import where id = $1::uuid for update`, [id]))[0]
}

/** The newest first, from the one before `before`. */
export function listImports(
  sql: Sql,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<ImportRow[]> {
  return sql.query<ImportRow>(
    `select ${columns} from contact_import where ($1::text is null or id < $1::text::uuid) order by id desc limit $2::int`,
    [before ?? null, limit],
  )
}

/** Those of which something is to be done, the longest waiting first. */
export function workingImports(sql: Sql): Promise<ImportRow[]> {
  return sql.query<ImportRow>(
    `select ${columns} from contact_import where state in ('checking', 'running', 'undoing') order by updated_at`,
  )
}

/** What changes of an import; what is absent stays. */
export type ImportChange = Partial<
  Pick<
    ImportRow,
    | 'state'
    | 'wishes'
    | 'look'
    | 'plan'
    | 'progress'
    | 'position'
    | 'counts'
    | 'result'
    | 'undone'
    | 'problem'
    | 'actor'
    | 'actorName'
    | 'ranAt'
  >
>

const written: { readonly [name in keyof ImportChange]-?: readonly [column: string, type: string] } = {
  state: ['state', 'text'],
  wishes: ['wishes', 'text::jsonb'],
  look: ['look', 'text::jsonb'],
  plan: ['plan', 'text::jsonb'],
  progress: ['progress', 'int'],
  position: ['position', 'int'],
  counts: ['counts', 'text::jsonb'],
  result: ['result', 'text::jsonb'],
  undone: ['undone', 'text::jsonb'],
  problem: ['problem', 'text'],
  actor: ['actor', 'text'],
  actorName: ['actor_name', 'text'],
  ranAt: ['ran_at', 'timestamptz'],
}

/** Changes an import that is in one of these states; false where it is in another by now. */
export async function changeImport(
  tx: Sql,
  id: string,
  { from, at, ...change }: ImportChange & { readonly from?: readonly ImportState[]; readonly at: number },
): Promise<boolean> {
  const names = (Object.keys(written) as (keyof ImportChange)[]).filter((name) => change[name] !== undefined)
  const sets = names.map((name, index) => `${written[name][0]} = $${index + 4}::${written[name][1]}`)
  const values = names.map((name) => {
    const value = change[name] ?? null
    if (value instanceof Date) return value.toISOString()
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  })
  const rows = await tx.query(
    `update contact_import set updated_at = $2::timestamptz${sets.map((set) => `, ${set}`).join('')}
     where id = $1::uuid and ($3::text is null or state in (select json_array_elements_text($3::text::json))) returning 1`,
    [id, iso(at), from === undefined ? null : JSON.stringify(from), ...values],
  )
  return rows.length > 0
}

/** Takes an import away with its file and its rows. What it did stays done. */
export async function deleteImport(tx: Sql, id: string): Promise<void> {
  for (const [table, column] of [
    ['contact_import_piece', 'import_id'],
    ['contact_import_row', 'import_id'],
    ['contact_import', 'id'],
  ]) {
    await tx.query(`delete from ${table} where ${column} = $1::uuid`, [id])
  }
}
