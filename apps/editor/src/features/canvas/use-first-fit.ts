import { useNodesInitialized, useReactFlow } from '@xyflow/react'
import { useEffect, useState } from 'react'

/**
 * Shows the whole flow once, as soon as the size of every card is known; a flow that begins empty has nothing to show.
 * False until then.
 */
export function useFirstFit(
  isEmpty: boolean,
  options: { readonly padding: number; readonly maxZoom: number },
): boolean {
  const isReady = useNodesInitialized()
  const [isDone, setDone] = useState(isEmpty)
  const { fitView } = useReactFlow()
  useEffect(() => {
    if (isReady && !isDone) void fitView(options).then(() => setDone(true))
  }, [isReady, isDone, fitView, options])
  return isDone
}
