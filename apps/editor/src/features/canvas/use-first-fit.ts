import { useNodesInitialized, useReactFlow } from '@xyflow/react'
import { useEffect, useRef } from 'react'

/** Shows the whole flow once, as soon as the size of every card is known; a flow that begins empty has nothing to show. */
export function useFirstFit(isEmpty: boolean, options: { readonly padding: number; readonly maxZoom: number }): void {
  const isReady = useNodesInitialized()
  const isDone = useRef(isEmpty)
  const { fitView } = useReactFlow()
  useEffect(() => {
    if (!isReady || isDone.current) return
    isDone.current = true
    void fitView(options)
  }, [isReady, fitView, options])
}
