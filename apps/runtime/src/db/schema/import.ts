import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, octets } from './columns.ts'

/** A file of contacts: as it was uploaded, how it is read, and what became of it. */
export const contactImport = pgTable(
  'contact_import',
  {
    /** UUIDv7: the order of lists. */
    id: uuid('id').primaryKey(),
    /** Of the file, as it was uploaded. */
    name: text('name').notNull(),
    /** Octets. */
    size: integer('size').notNull(),
    state: text('state').notNull(),
    /** `ReadingWishes`: how somebody wants the file read. */
    wishes: jsonb('wishes').notNull(),
    /** `FileLook`. */
    look: jsonb('look').notNull(),
    /** `Mapping` and `ImportRules`, and the groups to be made: null until they were chosen. */
    plan: jsonb('plan'),
    /** Rows that the pass of now has done with. */
    progress: integer('progress').notNull().default(0),
    /** The last row that was imported, or of an undo the last that was looked at. */
    position: integer('position').notNull().default(0),
    /** What a dry run found; null before the first. */
    counts: jsonb('counts'),
    /** What the import did; null before it began. */
    result: jsonb('result'),
    /** What an undo did; null before it began. */
    undone: jsonb('undone'),
    /** Why it went no further, in words for people. */
    problem: text('problem'),
    /** Who uploaded it. */
    createdBy: text('created_by').notNull(),
    /** Who let it run last, for histories and the ledger. */
    actor: text('actor').notNull(),
    actorName: text('actor_name').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    /** When its rows were written; null before. */
    ranAt: instant('ran_at'),
  },
  (table) => [
    index('contact_import_working').on(table.updatedAt).where(sql`state in ('checking', 'running', 'undoing')`),
    check(
      'contact_import_state',
      sql`state in ('draft', 'checking', 'checked', 'running', 'done', 'cancelled', 'undoing', 'undone', 'failed')`,
    ),
  ],
)

/** The file of an import in pieces, until it ran or a week went by. */
export const contactImportPiece = pgTable(
  'contact_import_piece',
  {
    importId: uuid('import_id').notNull(),
    n: integer('n').notNull(),
    octets: octets('octets').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.n] })],
)

/** A row of a file, and what became of it: until it cannot be undone any more. */
export const contactImportRow = pgTable(
  'contact_import_row',
  {
    importId: uuid('import_id').notNull(),
    /** Its number in the file, from 1. */
    n: integer('n').notNull(),
    /** Canonical; null where the row has none. */
    phone: text('phone'),
    /** `FlatDraft`: what the row says of the contact. */
    draft: jsonb('draft'),
    /** `RowProblem` and a sentence, of a row that was refused; and what stood in it. */
    problem: text('problem'),
    detail: text('detail'),
    cells: jsonb('cells'),
    /** What becomes of it: `created`, `changed`, `same`, `skipped` by the rules, `merged` into a later row. */
    outcome: text('outcome'),
    /** `ContactDifference[]`: what the import changed; null before. */
    changes: jsonb('changes'),
    /** `given`: when the import recorded a consent; `state, channel, source, at` of the one before, if any. */
    consentBefore: jsonb('consent_before'),
    /** What an undo did: `removed`, `restored`, `kept` where it was changed since; and a sentence. */
    undo: text('undo'),
    undoDetail: text('undo_detail'),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.n] }),
    index('contact_import_row_phone').on(table.phone, table.importId).where(sql`phone is not null`),
    index('contact_import_row_problem').on(table.importId, table.n).where(sql`problem is not null`),
    index('contact_import_row_kept').on(table.importId, table.n).where(sql`undo_detail is not null`),
  ],
)
