import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { type ImportRow, importStates } from '../../imports/imports.ts'
import { delimiters } from '../../imports/reading/csv.ts'
import { fileEncodings } from '../../imports/reading/encoding.ts'
import { importRetention } from '../../imports/retention.ts'
import type { ColumnTarget } from '../../imports/rules.ts'
import { textField, timeText } from '../http/fields.ts'

export const uploadQuery = z.object({
  name: textField
    .pipe(z.string().trim().min(1).max(200))
    .meta({ description: 'The name of the file; what it is, its content tells.', example: 'contacts.csv' }),
})

const targetSchema = z
  .string()
  .regex(
    /^(?:phone|name|language|timezone|groups|field:[A-Za-z_][A-Za-z0-9_]{0,63})$/,
    'must be phone, name, language, timezone, groups, field:<key> or null',
  )
  .transform((target) => target as ColumnTarget)
  .meta({ type: 'string', description: '`phone`, `name`, `language`, `timezone`, `groups` or `field:<key>`.' })

const mappingSchema = z.array(targetSchema.nullable()).max(200).meta({
  description: 'What each column is for, in their order; null for nothing. Names in several are put together.',
})

const consentSchema = z.strictObject({
  state: z.enum(['in', 'out']).meta({ description: '`out`: a list of people who opted out elsewhere.' }),
  topic: z
    .string()
    .max(64)
    .regex(/^(?:[\p{L}\p{N}][\p{L}\p{N} _-]*)?$/u, 'must be a topic, or empty for messages at all')
    .default(''),
  words: textField
    .pipe(z.string().trim().min(5).max(1_000))
    .meta({ description: 'Where, when and in which words, for the ledger: `Form at the reception, March 2026`.' }),
})

export const rulesSchema = z
  .strictObject({
    only: z
      .enum(['new', 'existing'])
      .nullable()
      .default(null)
      .meta({ description: '`new`: contacts that are there are left alone; `existing`: none are made; null: both.' }),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a country such as HU')
      .nullable()
      .default(null)
      .meta({ description: 'Whose national numbers these are (ISO 3166).' }),
    dates: z.enum(['dmy', 'mdy']).default('dmy').meta({ description: 'What 03/04/2026 is.' }),
    empty: z.enum(['keep', 'clear']).default('keep').meta({ description: 'What an empty cell does.' }),
    groups: z.array(idSchema).max(20).default([]).meta({ description: 'Static groups that everybody joins.' }),
    makeGroups: z.boolean().default(true).meta({ description: 'Makes groups that a column names.' }),
    consent: consentSchema.nullable().default(null).meta({
      description: 'What everybody in the file agreed to, or refused. An opt-out is never undone by an opt-in here.',
    }),
  })
  .meta({ id: 'ImportRules' })

export const changedImportSchema = z
  .strictObject({
    reading: z
      .strictObject({
        encoding: z.enum(fileEncodings).optional(),
        delimiter: z.enum(delimiters).optional(),
        sheet: z.string().max(255).optional(),
        hasHeader: z.boolean().optional(),
      })
      .optional()
      .meta({ description: 'How the file is to be read; what is absent is found out.' }),
    mapping: mappingSchema.optional(),
    rules: rulesSchema.optional(),
  })
  .meta({ id: 'ChangedImport' })

const count = z.int()
const summarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  size: count.meta({ description: 'Octets.' }),
  state: z.enum(importStates),
  progress: count.meta({ description: 'Rows that the pass of now has done with.' }),
  counts: z
    .object({
      rows: count,
      created: count,
      changed: count,
      same: count,
      skipped: count.meta({ description: 'Left alone by the rules.' }),
      merged: count.meta({ description: 'The same phone stands in a later row.' }),
      refused: z.record(z.string(), count).meta({ description: 'By what was wrong: `phone`, `field:<key>`, ….' }),
      optedOut: count.meta({ description: 'Contacts of the file who opted out, and stay so.' }),
      newGroups: z.array(z.object({ id: z.string(), title: z.string() })),
    })
    .nullable()
    .meta({ description: 'What the dry run found.' }),
  result: z
    .object({
      created: count,
      changed: count,
      same: count,
      skipped: count,
      consents: count,
      refusedConsents: count.meta({ description: 'Not recorded, for the contact opted out.' }),
    })
    .nullable()
    .meta({ description: 'What the import did so far.' }),
  undone: z
    .object({ removed: count, restored: count, kept: count })
    .nullable()
    .meta({ description: 'What an undo did so far; `kept` were changed since.' }),
  problem: z.string().nullable().meta({ description: 'Why it went no further, and what to do.' }),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  ranAt: z.string().nullable(),
  undoUntil: z.string().nullable().meta({ description: 'Until then it can be undone.' }),
})

export const importSummarySchema = summarySchema.meta({ id: 'ImportSummary' })
export const importSchema = summarySchema
  .extend({
    reading: z.object({
      kind: z.enum(['csv', 'xlsx']),
      encoding: z.enum(fileEncodings).nullable(),
      isEncodingSure: z.boolean().meta({ description: 'False where it is only the likeliest.' }),
      delimiter: z.enum(delimiters).nullable(),
      sheets: z.array(z.string()),
      sheet: z.string().nullable(),
      hasHeader: z.boolean(),
    }),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string())).meta({ description: 'The first ones.' }),
    mapping: mappingSchema,
    rules: rulesSchema.nullable(),
  })
  .meta({ id: 'Import' })

export type ImportSummary = z.infer<typeof importSummarySchema>
export type ImportItem = z.infer<typeof importSchema>

export function importSummary(row: ImportRow): ImportSummary {
  const { id, name, size, state, progress, counts, result, undone, problem, createdBy, ranAt } = row
  const undoUntil =
    ranAt === null || state === 'undone' ? null : row.updatedAt.getTime() + importRetention.rowDays * 86_400_000
  return {
    id,
    name,
    size,
    state,
    progress,
    counts: counts === null ? null : { ...counts, newGroups: [...counts.newGroups] },
    result,
    undone,
    problem,
    createdBy,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
    ranAt: ranAt === null ? null : timeText(ranAt),
    undoUntil: undoUntil === null ? null : timeText(undoUntil),
  }
}

export function importItem(row: ImportRow): ImportItem {
  const { look, plan } = row
  const rules = plan?.rules
  return {
    ...importSummary(row),
    reading: { ...look.reading, sheets: [...look.reading.sheets], hasHeader: look.hasHeader },
    columns: [...look.columns],
    rows: look.rows.map((cells) => [...cells]),
    mapping: [...(plan?.mapping ?? look.mapping)],
    rules: rules === undefined ? null : { ...rules, groups: [...rules.groups] },
  }
}
