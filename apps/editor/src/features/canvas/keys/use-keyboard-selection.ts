import { type FocusEvent, useCallback } from 'react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { useCanvas } from '../canvas-store.ts'

/** The card that the keyboard comes to is the one that is selected; Tab comes back to it. */
export function useKeyboardSelection(): (event: FocusEvent) => void {
  const { view } = useFlowEditor()
  const { store } = useCanvas()
  return useCallback(
    ({ target }: FocusEvent) => {
      if (!target.matches('.react-flow__node')) return
      const id = (target as HTMLElement).dataset.id
      if (id === undefined) return
      if (store.getState().tabStop !== id) store.setState({ tabStop: id })
      const { selectedNodes, inspected } = view.getState()
      if (!target.matches(':focus-visible') || selectedNodes.has(id)) return
      view.select([id])
      if (inspected !== undefined) view.inspect(id)
    },
    [view, store],
  )
}
