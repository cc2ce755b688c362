import type { KeyboardEvent } from 'react'

/** Arrow keys, Home and End move the focus among the links of a list; Enter opens the one that has it. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...event.currentTarget.querySelectorAll('a')]
  const { activeElement } = document
  const here = activeElement instanceof HTMLAnchorElement ? rows.indexOf(activeElement) : -1
  const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key]
  const row = next === undefined ? undefined : rows[next]
  if (here === -1 || row === undefined) return
  event.preventDefault()
  row.focus()
}
