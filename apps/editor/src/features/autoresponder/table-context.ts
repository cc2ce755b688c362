import { createContext, useContext } from 'react'
import type { Section, TableEdit } from './model/table-edits.ts'

/** What every cell of the table may do. */
export interface TableDeeds {
  edit(edit: TableEdit): void
  /** Adds a row to a list, behind another where one is named, and puts the keyboard into it. */
  addAfter(section: Section, after?: string): void
  /** The row that was added last: its first cell takes the keyboard. */
  readonly fresh: string | undefined
}

export const TableContext = createContext<TableDeeds>({
  edit: () => undefined,
  addAfter: () => undefined,
  fresh: undefined,
})

/** The table around a cell. */
export function useTable(): TableDeeds {
  return useContext(TableContext)
}
