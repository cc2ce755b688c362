import { type FitViewOptions, type Rect, useNodesInitialized, useReactFlow, useStoreApi } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { useFlowEditor } from '../../document/hooks.tsx'
import { cardWidthPx } from '../../document/placing.ts'
import { centredAround } from './centre.ts'

/** A flow that would be smaller than this begins with its first step instead. */
const readableZoom = 0.25
const beginningZoom = 0.75

/**
 * Shows the whole flow once, as soon as the size of every card is known; of a large one its beginning. A flow that begins
 * empty has nothing to show. False until then.
 * @param among shows these steps instead of all
 */
export function useFirstFit(isEmpty: boolean, options: FitViewOptions, among?: ReadonlySet<string>): boolean {
  const isReady = useNodesInitialized()
  const [isDone, setDone] = useState(isEmpty)
  const { fitView, getZoom, setCenter, getNodes, getNodesBounds, getViewport, setViewport } = useReactFlow()
  const canvas = useStoreApi()
  const { document, registry } = useFlowEditor()
  useEffect(() => {
    if (!isReady || isDone) return
    const show = async () => {
      const nodes = among && [...among].map((id) => ({ id }))
      await fitView({ ...options, ...(nodes && nodes.length > 0 && { nodes }) })
      const { flow } = document.getState()
      const all = flow.nodeOrder.flatMap((id) => flow.nodes.get(id) ?? [])
      const first = all.find(({ type }) => registry.get(type)?.start) ?? all[0]
      if (getZoom() < readableZoom && first) {
        const { x, y } = first.position
        await setCenter(x + cardWidthPx / 2, y + 300, { zoom: beginningZoom })
      } else if (nodes && nodes.length > 0) {
        // What lies beside the way is worth the room that is there.
        const { x, y, zoom } = getViewport()
        const stretches = { all: across(getNodesBounds(getNodes())), part: across(getNodesBounds([...among])) }
        await setViewport({ x: centredAround(stretches, { zoom, viewPx: canvas.getState().width }) ?? x, y, zoom })
      }
      setDone(true)
    }
    void show()
  }, [
    isReady,
    isDone,
    fitView,
    getZoom,
    setCenter,
    getNodes,
    getNodesBounds,
    getViewport,
    setViewport,
    canvas,
    document,
    registry,
    options,
    among,
  ])
  useFitAgain(isDone, options)
  return isDone
}

function across({ x, width }: Rect): { from: number; to: number } {
  return { from: x, to: x + width }
}

/**
 * Shows the whole flow again when the canvas gets more or less room and nobody has moved it since it was last shown
 * whole. A step whose fields open stays under the pointer that picked it.
 */
function useFitAgain(isDone: boolean, options: FitViewOptions): void {
  const { fitView } = useReactFlow()
  const canvas = useStoreApi()
  const { view } = useFlowEditor()
  useEffect(() => {
    if (!isDone) return
    let fitted = canvas.getState().transform
    return canvas.subscribe(({ width, height, transform }, before) => {
      if (width === before.width && height === before.height) return
      if (transform.some((part, index) => part !== fitted[index])) return
      if (transform[2] < readableZoom || view.getState().inspected !== undefined) return
      void fitView(options).then(() => {
        fitted = canvas.getState().transform
      })
    })
  }, [isDone, canvas, view, fitView, options])
}
