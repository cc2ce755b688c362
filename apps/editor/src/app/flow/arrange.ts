import { useCallback } from 'react'
import { loadPart } from '../../shared/parts/load-part.ts'
import type { LayoutInput, LayoutResult } from '../../worker/layout.ts'
import type { EditorWorker } from '../../worker/start-worker.ts'

/** So many cards are worked out here; more would be felt, so the worker does them. */
const hereUpTo = 150

/** Works out a tidy drawing; what does it is loaded when it is first asked for. */
export function useArrange(worker: EditorWorker): (input: LayoutInput) => Promise<LayoutResult> {
  return useCallback(
    async (input) => {
      if (input.nodes.length > hereUpTo) return worker.ask.layoutFlow(plain(input))
      const { layoutFlow } = await loadPart(() => import('../../worker/layout.ts'))
      return layoutFlow(input)
    },
    [worker],
  )
}

/** Only what the layout reads goes to the worker. */
function plain({ nodes, edges, starts }: LayoutInput): LayoutInput {
  return { nodes, starts, edges: edges.map(({ source, target }) => ({ source, target })) }
}
