import * as z from 'zod'

/*
 * A backup is gzip over JSON Lines: the header; for each table a line that names it and its columns, and its rows, each
 * an array of what PostgreSQL writes for its columns as text (null for NULL); last a line that counts the rows of each
 * table and holds the SHA-256 of all octets before it. Whatever lacks that line was cut off.
 */

export const BACKUP_FORMAT = 'textloom/backup@1'

/** The first line. */
export const headerSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  /** The version of Textloom that wrote it. */
  release: z.string(),
  /** When its snapshot was taken, by the database's clock. */
  createdAt: z.iso.datetime(),
  /** Names of the migrations that the schema had, in order. */
  migrations: z.array(z.string()).min(1),
  /** How far each sequence had come. */
  sequences: z.record(z.string(), z.int().nonnegative()),
  /** Days that `event` had partitions for. */
  eventDays: z.array(z.iso.date()),
})

/** Begins the rows of a table. */
export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })

/** The last line. */
export const trailerSchema = z.object({
  rows: z.record(z.string(), z.int().nonnegative()),
  /** Of every octet before this line, hex. */
  sha256: z.string(),
})

export type BackupHeader = z.infer<typeof headerSchema>

/** A row: what PostgreSQL writes for each column. */
export type BackupRow = readonly (string | null)[]
