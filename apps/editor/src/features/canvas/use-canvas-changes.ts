import { type FinalConnectionState, type NodeChange, useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { Point } from '../../document/commands/draft.ts'
import { useFlowEditor } from '../../document/hooks.tsx'
import { useCanvas } from './canvas-store.ts'
import type { Size, StepNode } from './derive-nodes.ts'

interface SelectChange {
  readonly type: string
  readonly id?: string
  readonly selected?: boolean
}

/** What React Flow reports: sizes, selection, drags. A drag becomes a change of the document when it ends. */
export function useCanvasChanges() {
  const { commands, view } = useFlowEditor()
  const { store } = useCanvas()
  const { screenToFlowPosition } = useReactFlow()
  return useMemo(() => {
    const followSelection = () => {
      const { selectedNodes, selectedEdges } = view.getState()
      const [only] = selectedNodes
      view.setState({ inspected: selectedNodes.size === 1 && selectedEdges.size === 0 ? only : undefined })
    }
    return {
      onNodesChange(changes: NodeChange<StepNode>[]) {
        resize(changes)
        drag(changes)
        if (!changes.some(({ type }) => type === 'select')) return
        const { selectedNodes, selectedEdges } = view.getState()
        view.select(selectionAfter(selectedNodes, changes), selectedEdges)
        followSelection()
      },
      onEdgesChange(changes: readonly SelectChange[]) {
        const { selectedNodes, selectedEdges } = view.getState()
        view.select(selectedNodes, selectionAfter(selectedEdges, changes))
        followSelection()
      },
      onNodeClick(event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }, { id }: StepNode) {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) view.inspect(id)
      },
      /** A thread that is let go over the empty canvas asks what comes there. */
      onConnectEnd(event: MouseEvent | TouchEvent, { isValid, toNode, fromHandle }: FinalConnectionState) {
        const at = pointOf(event)
        if (isValid || toNode || !fromHandle?.id || !at) return
        const under = document.elementFromPoint(at.x, at.y)
        if (!under?.closest('.tl-canvas') || under.closest('.react-flow__node')) return
        const after = { source: fromHandle.nodeId, sourceHandle: fromHandle.id }
        store.setState({ menu: { kind: 'add', at, place: screenToFlowPosition(at), after } })
      },
    }

    function resize(changes: readonly NodeChange<StepNode>[]): void {
      const sizes = changes.flatMap((change): [string, Size][] =>
        change.type === 'dimensions' && change.dimensions ? [[change.id, change.dimensions]] : [],
      )
      if (sizes.length > 0) store.setState(({ measured }) => ({ measured: new Map([...measured, ...sizes]) }))
    }

    function drag(changes: readonly NodeChange<StepNode>[]): void {
      const moving = new Map<string, Point>()
      const dropped = new Map<string, Point>()
      for (const change of changes) {
        if (change.type !== 'position' || !change.position) continue
        const places = change.dragging ? moving : dropped
        places.set(change.id, change.position)
      }
      if (moving.size > 0) store.setState({ dragged: moving })
      if (dropped.size === 0) return
      commands.moveNodes(dropped)
      store.setState({ dragged: undefined })
    }
  }, [commands, view, store, screenToFlowPosition])
}

/** A selection after what was reported about it. */
export function selectionAfter(before: ReadonlySet<string>, changes: readonly SelectChange[]): ReadonlySet<string> {
  const after = new Set(before)
  for (const { type, id, selected } of changes) {
    if (type !== 'select' || id === undefined) continue
    if (selected) after.add(id)
    else after.delete(id)
  }
  return after
}

function pointOf(event: MouseEvent | TouchEvent): Point | undefined {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event
  return point && { x: point.clientX, y: point.clientY }
}
