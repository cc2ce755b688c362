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
    const reveal = (id: string, focus: boolean, looks = frames) => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        const node = getInternalNode(id)
        const { width, height } = canvas.getState()
        const size = node?.measured
        if (!node || size?.width === undefined || size.height === undefined) {
          if (looks > 0) reveal(id, focus, looks - 1)
          return
        }
        const { x, y, zoom } = getViewport()
        const { x: left, y: top } = node.internals.positionAbsolute
        const shift = {
          x: shiftInto(left * zoom + x, size.width * zoom, width),
          // The controls stand at the foot.
          y: shiftInto(top * zoom + y, size.height * zoom, height - 48),
        }
        if (shift.x !== 0 || shift.y !== 0) void setViewport({ x: x + shift.x, y: y + shift.y, zoom }, { duration })
        if (!focus) return
        store.setState({ tabStop: id })
        const card = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
        card?.focus({ preventScroll: true })
      })
    }
    const stops = [
      view.subscribe(({ reveal: asked }, before) => {
        if (asked && asked !== before.reveal) reveal(asked.node, asked.focus)
      }),
      run.subscribe(({ current, follow }, before) => {
        if (follow && current !== undefined && current !== before.current) reveal(current, false)
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
