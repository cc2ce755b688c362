import type { ReactNode } from 'react'

/** Something to pick. */
export interface PickItem {
  readonly id: string
  readonly label: string
  readonly detail?: string
  readonly group: string
  readonly face?: ReactNode
  /** More words that find it. */
  readonly words?: string
}

/** True when every word of the query begins a word of the item. */
export function matches({ label, detail = '', words = '' }: PickItem, query: string): boolean {
  const text = ` ${`${label} ${detail} ${words}`.toLowerCase()}`
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(` ${word}`) || (word.length > 3 && text.includes(word)))
}
