import { useEffect, useMemo } from 'react'
import { useCanvas } from './canvas-store.ts'

/** Long enough to move the pointer from a thread to the tools on it. */
const releaseAfterMs = 250

/** Knows which thread is pointed at, and a moment longer. */
export function useEdgeHover() {
  const { store } = useCanvas()
  const hover = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    return {
      enter(_event: unknown, { id }: { readonly id: string }) {
        clearTimeout(timer)
        store.setState({ hoveredEdge: id })
      },
      leave(_event: unknown, { id }: { readonly id: string }) {
        clearTimeout(timer)
        timer = setTimeout(() => {
          const tools = document.querySelector('.tl-edge-tools:hover')
          if (!tools && store.getState().hoveredEdge === id) store.setState({ hoveredEdge: undefined })
        }, releaseAfterMs)
      },
      stop: () => clearTimeout(timer),
    }
  }, [store])
  useEffect(() => hover.stop, [hover])
  return { onEdgeMouseEnter: hover.enter, onEdgeMouseLeave: hover.leave }
}
