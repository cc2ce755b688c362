import type { RowReply } from '@textloom/interop/autoresponder'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useRowDrag } from '../../shared/rows/use-row-drag.ts'
import type { RowProblem } from './model/row-problems.ts'
import { changeRow, moveRow, removeRow, type Section } from './model/table-edits.ts'
import { Row } from './Row.tsx'
import { useTable } from './table-context.ts'

interface RowsProps<Each extends RowReply> {
  readonly section: Section
  readonly rows: readonly Each[]
  readonly problems: ReadonlyMap<string, readonly RowProblem[]>
  /** What the text must be like for one row. */
  readonly children: (row: Each) => ReactNode
}

/** Rows that can be moved, by dragging or with the arrow keys. */
export function Rows<Each extends RowReply>({ section, rows, problems, children }: RowsProps<Each>) {
  const { edit, addAfter } = useTable()
  const list = useRef<HTMLOListElement>(null)
  const [said, setSaid] = useState('')
  const move = (from: number, to: number) => {
    if (to === from || to < 0 || to >= rows.length) return
    edit(moveRow(section, from, to))
    setSaid(`Now ${to + 1} of ${rows.length}.`)
  }
  const drag = useRowDrag(list, move)
  const focus = (index: number, part: string) =>
    requestAnimationFrame(() => list.current?.children[index]?.querySelector<HTMLElement>(part)?.focus())
  const onGripKey = (event: KeyboardEvent, index: number) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0) return
    event.preventDefault()
    move(index, index + by)
    focus(index + by, '.tl-answer-grip')
  }
  if (rows.length === 0) return null
  return (
    <>
      <ol ref={list} className="tl-paper tl-answers-rows" data-dragging={drag.from ?? undefined}>
        {rows.map((row, index) => (
          <Row
            key={row.id}
            row={row}
            name={`row ${index + 1} of ${rows.length}`}
            problems={problems.get(row.id)}
            isDragged={drag.from === index}
            style={drag.styleOf(index)}
            grip={{
              onPointerDown: (event) => drag.begin(event, index),
              onKeyDown: (event) => onGripKey(event, index),
            }}
            onChange={(change) => edit(changeRow(row.id, change))}
            onNext={() => addAfter(section, row.id)}
            onRemove={() => {
              edit(removeRow(row.id))
              focus(Math.min(index, rows.length - 2), '.tl-answer-when :is(input, select)')
            }}
          >
            {children(row)}
          </Row>
        ))}
      </ol>
      <span className="tl-unseen" role="status">
        {said}
      </span>
    </>
  )
}
