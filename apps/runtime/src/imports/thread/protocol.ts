import type { FieldDefinition } from '../../people/fields.ts'
import type { FileRefusalCode } from '../reading/file-refusal.ts'
import type { Reading, ReadingWishes } from '../reading/read-table.ts'
import type { Mapping } from '../rules.ts'
import type { StagedRow, StagingPlan } from '../staging/stage-rows.ts'

/** What the thread is started with: a file and what is to be done with it. */
export interface Task {
  readonly octets: Uint8Array
  readonly wishes: ReadingWishes
  /** ISO 3166, by which code pages and phones are guessed. */
  readonly country: string | null
  /** Its first rows are looked at, or all of them are read as contacts. */
  readonly plan: { readonly fields: readonly FieldDefinition[] } | StagingPlan
}

/** What a file looks like. */
export interface FileLook {
  readonly reading: Reading
  readonly hasHeader: boolean
  /** The names of columns, from the header or, where there is none, their letters. */
  readonly columns: readonly string[]
  /** The first rows behind the header. */
  readonly rows: readonly (readonly string[])[]
  /** What each column seems to be for. */
  readonly mapping: Mapping
}

/** Rows of a file as contacts, some hundreds at a time. */
export interface StagedBatch {
  readonly staged: readonly StagedRow[]
}

/** What is known once all rows are read. */
export interface StagingEnd {
  readonly missingGroups: readonly { readonly id: string; readonly title: string }[]
}

/** From the thread; after a batch it waits for any message before it reads on. */
export type FromThread =
  | { readonly look: FileLook }
  | { readonly batch: StagedBatch }
  | { readonly end: StagingEnd }
  | { readonly refusal: { readonly code: FileRefusalCode; readonly message: string } }
