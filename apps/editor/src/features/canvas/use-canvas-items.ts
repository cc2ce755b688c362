import { useState } from 'react'
import { useStore } from 'zustand'
import type { FlowState } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor, useView } from '../../document/hooks.tsx'
import { useCanvasState } from './canvas-store.ts'
import { edgeDeriver, type StepEdge } from './derive-edges.ts'
import { nodeDeriver, type StepNode } from './derive-nodes.ts'

const whole = (flow: FlowState) => flow

/** The cards, each the same object for as long as nothing about it changes. */
export function useCards(): StepNode[] {
  const { registry, problems } = useFlowEditor()
  const [derive] = useState(() => nodeDeriver(registry))
  const flow = useFlow(whole)
  const selected = useView(({ selectedNodes }) => selectedNodes)
  const dragged = useCanvasState((state) => state.dragged)
  const measured = useCanvasState((state) => state.measured)
  const stop = useCanvasState((state) => state.tabStop)
  const byNode = useStore(problems, (state) => state.byNode)
  const tabStop = stop !== undefined && flow.nodes.has(stop) ? stop : flow.nodeOrder[0]
  return derive({ flow, selected, dragged, measured, problems: byNode, tabStop })
}

/** The threads, likewise. */
export function useLines(): StepEdge[] {
  const { registry } = useFlowEditor()
  const [derive] = useState(() => edgeDeriver(registry))
  const flow = useFlow(whole)
  const selected = useView(({ selectedEdges }) => selectedEdges)
  return derive({ flow, selected })
}
