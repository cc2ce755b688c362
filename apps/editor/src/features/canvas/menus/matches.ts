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

/** The items that fit what is typed: the one of that name first, then those whose name begins with it, mentions last. */
export function found<Item extends PickItem>(items: readonly Item[], query: string): Item[] {
  const typed = query.trim().toLowerCase()
  if (typed === '') return [...items]
  const rank = ({ label, words = '' }: PickItem) => {
    if (label.toLowerCase() === typed) return -1
    if (label.toLowerCase().startsWith(typed) || words.toLowerCase().startsWith(typed)) return 0
    return ` ${label.toLowerCase()}`.includes(` ${typed}`) ? 1 : 2
  }
  return items.filter((item) => matches(item, typed)).toSorted((left, right) => rank(left) - rank(right))
}

/** True when every word of what is typed begins a word of the item, or stands within one if it is long enough. */
export function matches({ label, detail = '', words = '' }: PickItem, query: string): boolean {
  const text = ` ${`${label} ${detail} ${words}`.toLowerCase()}`
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(` ${word}`) || (word.length > 3 && text.includes(word)))
}
