import { useNodesInitialized, useReactFlow } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { useFlowEditor } from '../../document/hooks.tsx'
import { cardWidthPx } from '../../document/placing.ts'

/** A flow that would be smaller than this begins with its first step instead. */
const readableZoom = 0.25
const beginningZoom = 0.75

/**
 * Shows the whole flow once, as soon as the size of every card is known; of a large one its beginning. A flow that begins
 * empty has nothing to show. False until then.
 */
export function useFirstFit(
  isEmpty: boolean,
  options: { readonly padding: number; readonly maxZoom: number },
): boolean {
  const isReady = useNodesInitialized()
  const [isDone, setDone] = useState(isEmpty)
  const { fitView, getZoom, setCenter } = useReactFlow()
  const { document, registry } = useFlowEditor()
  useEffect(() => {
    if (!isReady || isDone) return
    const show = async () => {
      await fitView(options)
      const { nodes, nodeOrder } = document.getState().flow
      const all = nodeOrder.flatMap((id) => nodes.get(id) ?? [])
      const first = all.find(({ type }) => registry.get(type)?.start) ?? all[0]
      if (getZoom() < readableZoom && first) {
        const { x, y } = first.position
        await setCenter(x + cardWidthPx / 2, y + 300, { zoom: beginningZoom })
      }
      setDone(true)
    }
    void show()
  }, [isReady, isDone, fitView, getZoom, setCenter, document, registry, options])
  return isDone
}
