import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useStore as useCanvasView,
  useConnection,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useMemo, useState } from 'react'
import { refusal } from '../../document/commands/edges.ts'
import { useFlowEditor } from '../../document/hooks.tsx'
import './canvas.css'
import { type Arrange, CanvasContext, createCanvasStore, useCanvas } from './canvas-store.ts'
import { Card } from './card/Card.tsx'
import { CanvasControls } from './controls/CanvasControls.tsx'
import type { StepEdge as Line } from './derive-edges.ts'
import type { StepNode } from './derive-nodes.ts'
import { EmptyCanvas } from './EmptyCanvas.tsx'
import { StepEdge } from './edge/StepEdge.tsx'
import { fitOptions } from './fit-options.ts'
import { useCanvasActions } from './keys/use-canvas-actions.ts'
import { useCanvasKeys } from './keys/use-canvas-keys.ts'
import { useKeyboardSelection } from './keys/use-keyboard-selection.ts'
import { CanvasMenus } from './menus/CanvasMenus.tsx'
import { StepPalette } from './palette/StepPalette.tsx'
import { useCanvasChanges } from './use-canvas-changes.ts'
import { useCards, useLines } from './use-canvas-items.ts'
import { useEdgeHover } from './use-edge-hover.ts'
import { useFirstFit } from './use-first-fit.ts'
import { useReveal } from './use-reveal.ts'
import { useStepDrop } from './use-step-drop.ts'

const nodeTypes = { step: Card }
const edgeTypes = { step: StepEdge }
const snapGrid: [number, number] = [20, 20]
const proOptions = { hideAttribution: false }

/** From so many steps on there is a map in the corner. */
const mapFrom = 25

/** From so many steps on only those in view are drawn. */
const partsFrom = 250

/** Further out than this, cards show their title only. */
const farBelow = 0.5

interface CanvasProps {
  readonly arrange: Arrange
  readonly readOnly?: boolean
  /** Begins with these steps in view rather than with all of them. */
  readonly among?: ReadonlySet<string>
  /** Offers templates on an empty canvas. */
  readonly onTemplates?: () => void
}

/** The drawing board: steps as cards, threads between them, and everything that is done to them. */
export function Canvas({ readOnly = false, ...rest }: CanvasProps) {
  const [store] = useState(createCanvasStore)
  const parts = useMemo(() => ({ store, readOnly }), [store, readOnly])
  return (
    <ReactFlowProvider>
      <CanvasContext value={parts}>
        <div className="tl-board" data-read-only={readOnly || undefined}>
          {!readOnly && <StepPalette />}
          <Board {...rest} />
          <CanvasMenus />
        </div>
      </CanvasContext>
    </ReactFlowProvider>
  )
}

function Board({ arrange, among, onTemplates }: Omit<CanvasProps, 'readOnly'>) {
  const { readOnly } = useCanvas()
  const { commands, document: flowDocument, registry } = useFlowEditor()
  const nodes = useCards()
  const edges = useLines()
  const changes = useCanvasChanges()
  const hover = useEdgeHover()
  const drop = useStepDrop()
  const onKeyDown = useCanvasKeys()
  const actions = useCanvasActions(arrange)
  const isFar = useCanvasView(({ transform }) => transform[2] < farBelow)
  const isConnecting = useConnection(({ inProgress }) => inProgress)
  const onFocus = useKeyboardSelection()
  useReveal()
  const isFitted = useFirstFit(nodes.length === 0, fitOptions, among)

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards inside have the keyboard; their keys are heard here
    <div
      className="tl-canvas"
      data-fitted={isFitted || undefined}
      data-far={isFar || undefined}
      data-connecting={isConnecting || undefined}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      {...drop}
    >
      <ReactFlow<StepNode, Line>
        aria-label="Flow"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...changes}
        onConnect={({ source, sourceHandle, target }) =>
          commands.connect({ source, sourceHandle: sourceHandle ?? '', target })
        }
        onReconnect={(edge, { target }) =>
          commands.connect({ source: edge.source, sourceHandle: edge.sourceHandle ?? '', target })
        }
        isValidConnection={({ source, sourceHandle, target }) =>
          refusal(flowDocument.getState().flow, { source, sourceHandle: sourceHandle ?? '', target }, registry) ===
          undefined
        }
        {...hover}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        connectionLineType={ConnectionLineType.SmoothStep}
        connectOnClick={false}
        connectionRadius={36}
        connectionDragThreshold={4}
        reconnectRadius={14}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={multiSelectionKeys}
        disableKeyboardA11y
        panOnScroll
        snapToGrid
        snapGrid={snapGrid}
        minZoom={0.1}
        maxZoom={1.6}
        proOptions={proOptions}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements={nodes.length >= partsFrom}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.1} color="var(--tl-line)" />
        {nodes.length >= mapFrom && (
          <MiniMap pannable zoomable ariaLabel="Map of the flow" nodeColor={mapColour} nodeBorderRadius={14} />
        )}
      </ReactFlow>
      {!readOnly && <EmptyCanvas onTemplates={onTemplates} />}
      <CanvasControls actions={actions} />
    </div>
  )
}

const multiSelectionKeys = ['Meta', 'Control']

function mapColour({ selected }: StepNode): string {
  return selected ? 'var(--tl-dye)' : 'var(--tl-line-strong)'
}
