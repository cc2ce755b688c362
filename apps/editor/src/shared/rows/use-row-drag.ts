import { type CSSProperties, type PointerEvent, type RefObject, useRef, useState } from 'react'
import { dropIndex } from './list-edits.ts'

/** A drag of one entry of a list, up or down. */
export interface RowDrag {
  /** The entry that is dragged. */
  readonly from: number | undefined
  begin(event: PointerEvent<HTMLElement>, index: number): void
  /** Moves the dragged entry with the pointer, and the others out of its way. */
  styleOf(index: number): CSSProperties | undefined
}

interface Dragging {
  readonly from: number
  readonly heights: readonly number[]
  readonly byPx: number
}

/** Reorders the children of a list by dragging; `onMove` is called once, at the end. */
export function useRowDrag(list: RefObject<HTMLElement | null>, onMove: (from: number, to: number) => void): RowDrag {
  const [dragging, setDragging] = useState<Dragging>()
  const last = useRef<Dragging>(undefined)
  return {
    from: dragging?.from,
    begin(event, from) {
      if (event.button !== 0 || !list.current) return
      const grip = event.currentTarget
      const startY = event.clientY
      const heights = [...list.current.children].map((child) => child.getBoundingClientRect().height)
      const show = (next: Dragging | undefined) => {
        last.current = next
        setDragging(next)
      }
      const onPointerMove = (moveEvent: globalThis.PointerEvent) => {
        show({ from, heights, byPx: moveEvent.clientY - startY })
      }
      const end = () => {
        grip.removeEventListener('pointermove', onPointerMove)
        grip.removeEventListener('pointerup', drop)
        grip.removeEventListener('pointercancel', end)
        show(undefined)
      }
      const drop = () => {
        const done = last.current
        end()
        if (done) onMove(from, dropIndex(heights, from, done.byPx))
      }
      grip.setPointerCapture(event.pointerId)
      grip.addEventListener('pointermove', onPointerMove)
      grip.addEventListener('pointerup', drop)
      grip.addEventListener('pointercancel', end)
    },
    styleOf(index) {
      if (!dragging) return undefined
      const { from, heights, byPx } = dragging
      if (index === from) return { transform: `translateY(${byPx}px)`, zIndex: 1 }
      const to = dropIndex(heights, from, byPx)
      const height = heights[from] ?? 0
      if (from < index && index <= to) return { transform: `translateY(${-height}px)` }
      if (to <= index && index < from) return { transform: `translateY(${height}px)` }
      return undefined
    },
  }
}
