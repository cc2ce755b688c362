import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { useFlowEditor } from '../../document/hooks.tsx'
import { useCanvas } from './canvas-store.ts'

/** How often to look for a card that was only just added, one look per frame. */
const frames = 10

/** Brings cards into view when somebody asks for it, and the card where a session stands while it is followed. */
export function useReveal(): void {
  const { view, run } = useFlowEditor()
  const { store } = useCanvas()
  const { getInternalNode, getViewport, setViewport } = useReactFlow()
  const canvas = useStoreApi()

  useEffect(() => {
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180
    let frame = 0
    const soon = (look: () => boolean, looks = frames) => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        if (!look() && looks > 0) soon(look, looks - 1)
      })
    }
    /** Moves the view as far as it must for a card to be seen; false while the card has no size yet. */
    const bringIn = (id: string): boolean => {
      const node = getInternalNode(id)
      const { width = 0, height = 0 } = node?.measured ?? {}
      if (!node || height === 0) return false
      const view = canvas.getState()
      const { x, y, zoom } = getViewport()
      const { x: left, y: top } = node.internals.positionAbsolute
      const dx = shiftInto(left * zoom + x, width * zoom, view.width)
      // The controls stand at the foot.
      const dy = shiftInto(top * zoom + y, height * zoom, view.height - 48)
      if (dx !== 0 || dy !== 0) void setViewport({ x: x + dx, y: y + dy, zoom }, { duration })
      return true
    }
    const focus = (id: string): boolean => {
      const card = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
      card?.focus({ preventScroll: true })
      return card !== null && document.activeElement === card
    }
    const stops = [
      view.subscribe(({ reveal, inspected }, before) => {
        if (reveal && reveal !== before.reveal) {
          const { node } = reveal
          if (reveal.focus) store.setState({ tabStop: node })
          soon(() => bringIn(node) && (!reveal.focus || focus(node)))
        } else if (inspected !== undefined && before.inspected === undefined) {
          // The fields that open beside the canvas may cover the card: they need a frame to take their room.
          soon(() => {
            soon(() => bringIn(inspected))
            return true
          })
        }
      }),
      run.subscribe(({ current, follow }, before) => {
        if (follow && current !== undefined && current !== before.current) soon(() => bringIn(current))
      }),
    ]
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
    }
  }, [view, run, store, canvas, getInternalNode, getViewport, setViewport])
}

/** How far a stretch must move to lie within the view with some room around it, in pixels. */
export function shiftInto(startPx: number, lengthPx: number, viewPx: number, roomPx = 16): number {
  if (lengthPx + 2 * roomPx > viewPx) return roomPx - startPx
  if (startPx < roomPx) return roomPx - startPx
  return Math.min(0, viewPx - roomPx - startPx - lengthPx)
}
