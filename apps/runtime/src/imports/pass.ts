import type { Clock, Ids } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import type { ImportChange, ImportRow } from './imports.ts'

/** A pass over an import is not to go on: it was cancelled, or this process is not the one to do it any more. */
export class PassEnded extends Error {
  constructor() {
    super('The pass over the import ended before its time.')
    this.name = 'PassEnded'
  }
}

/** What a pass over the rows of an import needs. */
export interface PassDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly ids: Ids
  /** Of phones that were erased. */
  readonly hashOf: (phone: string) => string
  /** Sessions at hand learn of it. */
  contactsChanged(phones: readonly string[]): Promise<void>
  /** Asked before each batch. @throws PassEnded */
  mayGoOn(row: ImportRow): Promise<void>
  /** Tells how far it has come. */
  moved(row: ImportRow, change: ImportChange): Promise<void>
}
