import { useReactFlow } from '@xyflow/react'
import { type DragEvent, useMemo } from 'react'
import { useCanvas } from './canvas-store.ts'
import { draggedStepType } from './palette/StepPalette.tsx'
import { useAddStep } from './use-add-step.ts'

/** Takes steps dragged from the palette: onto the empty canvas, or onto a thread, which then leads through them. */
export function useStepDrop() {
  const { store, readOnly } = useCanvas()
  const { screenToFlowPosition } = useReactFlow()
  const addStep = useAddStep()
  return useMemo(() => {
    const isStep = ({ dataTransfer }: DragEvent) => !readOnly && dataTransfer.types.includes(draggedStepType)
    return {
      onDragOver(event: DragEvent) {
        if (!isStep(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        const dropEdge = edgeAt(event.clientX, event.clientY)
        if (dropEdge !== store.getState().dropEdge) store.setState({ dropEdge })
      },
      onDragLeave() {
        if (store.getState().dropEdge !== undefined) store.setState({ dropEdge: undefined })
      },
      onDrop(event: DragEvent) {
        if (!isStep(event)) return
        event.preventDefault()
        const type = event.dataTransfer.getData(draggedStepType)
        const edge = edgeAt(event.clientX, event.clientY)
        store.setState({ dropEdge: undefined })
        if (edge !== undefined) addStep({ type, edge })
        else addStep({ type, place: screenToFlowPosition({ x: event.clientX, y: event.clientY - 20 }) })
      },
    }
  }, [store, readOnly, screenToFlowPosition, addStep])
}

/** The thread at a point of the screen, or whose tools are there, unless a card lies over it. */
function edgeAt(x: number, y: number): string | undefined {
  const [top] = document.elementsFromPoint(x, y)
  const tools = top?.closest<HTMLElement>('.tl-edge-tools')
  return tools?.dataset.edge ?? top?.closest<SVGElement>('.react-flow__edge')?.dataset.id
}
