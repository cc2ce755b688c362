import { useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import { useFlowEditor } from '../../document/hooks.tsx'
import { useCanvas } from './canvas-store.ts'

/** How often to look for a card that was only just added, one look per frame. */
const maxLooks = 10

/** Brings cards into view when somebody asks for it, and the card where a session stands while it is followed. */
export function useReveal(): void {
  const { view, run } = useFlowEditor()
  const { store } = useCanvas()
  const { getInternalNode, getViewport, setViewport } = useReactFlow()
  const canvas = useStoreApi()

  useEffect(() => {
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 180
    const [asked, resized, moved] = [patient(), patient(), patient()]
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
      view.subscribe(({ reveal }, before) => {
        if (!reveal || reveal === before.reveal) return
        const { node } = reveal
        if (reveal.focus) store.setState({ tabStop: node })
        asked.until(() => bringIn(node) && (!reveal.focus || focus(node)))
      }),
      // Fields and phone open beside the canvas and take room from it.
      canvas.subscribe(({ width, height }, before) => {
        const { inspected } = view.getState()
        const isNarrower = width < before.width || height < before.height
        if (isNarrower && inspected !== undefined) resized.until(() => bringIn(inspected))
      }),
      run.subscribe(({ current, follow }, before) => {
        if (follow && current !== undefined && current !== before.current) moved.until(() => bringIn(current))
      }),
    ]
    return () => {
      for (const stop of [...stops, asked.stop, resized.stop, moved.stop]) stop()
    }
  }, [view, run, store, canvas, getInternalNode, getViewport, setViewport])
}

/** Looks once per frame until it has seen what it looks for; a new search ends the one before. */
function patient(): { until(look: () => boolean): void; stop(): void } {
  let frame = 0
  const until = (look: () => boolean, looks = maxLooks) => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      if (!look() && looks > 0) until(look, looks - 1)
    })
  }
  return { until, stop: () => cancelAnimationFrame(frame) }
}

/** How far a stretch must move to lie within the view with some room around it, in pixels. */
export function shiftInto(startPx: number, lengthPx: number, viewPx: number, roomPx = 16): number {
  if (lengthPx + 2 * roomPx > viewPx) return roomPx - startPx
  if (startPx < roomPx) return roomPx - startPx
  return Math.min(0, viewPx - roomPx - startPx - lengthPx)
}
