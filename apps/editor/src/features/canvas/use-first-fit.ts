import { useNodesInitialized, useReactFlow } from '@xyflow/react'
import { useEffect, useRef } from 'react'

/** Shows the whole flow once, as soon as the size of every card is known. */
export function useFirstFit(options: { readonly padding: number; readonly maxZoom: number }): void {
  const isReady = useNodesInitialized()
  const isDone = useRef(false)
  const { fitView } = useReactFlow()
  useEffect(() => {
    if (!isReady || isDone.current) return
    isDone.current = true
    void fitView(options)
  }, [isReady, fitView, options])
}
