import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { exitsOf } from '../../../document/node-reading.ts'
import { cardWidthPx } from '../../../document/placing.ts'
import { undoActions } from '../../../document/undo-actions.ts'
import type { Action } from '../../../shared/actions/action-registry.ts'
import { useActions } from '../../../shared/actions/use-actions.ts'
import { type Arrange, useCanvas } from '../canvas-store.ts'
import { fitOptions } from '../fit-options.ts'
import { useFreePlaces } from '../use-free-place.ts'
import { useClipboard } from './clipboard.ts'

/** Everything that can be done on the canvas, for keys, menus, the command palette and the list of shortcuts. */
export function useCanvasActions(arrange: Arrange): readonly Action[] {
  const { commands, document, registry, view } = useFlowEditor()
  const { store, readOnly } = useCanvas()
  const { fitView, getInternalNode, setCenter, zoomIn, zoomOut, zoomTo } = useReactFlow()
  const places = useFreePlaces()
  const clipboard = useClipboard(readOnly, places)

  const actions = useMemo(() => {
    const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200
    const selection = () => view.getState().selectedNodes
    const hasNodes = () => selection().size > 0
    const hasAny = () => hasNodes() || view.getState().selectedEdges.size > 0

    const tidy = async () => {
      const { flow } = document.getState()
      const nodes = flow.nodeOrder.flatMap((id) => flow.nodes.get(id) ?? [])
      const arranged = await arrange({
        nodes: nodes.map((node) => ({
          id: node.id,
          width: cardWidthPx,
          height: places.heightOf(node),
        })),
        // In the order of the exits, which is the order from left to right.
        edges: nodes.flatMap((node) => {
          const leaving = [...flow.edges.values()].filter(({ source }) => source === node.id)
          const order = exitsOf(node, registry).map(({ id }) => id)
          return leaving.toSorted((a, b) => order.indexOf(a.sourceHandle) - order.indexOf(b.sourceHandle))
        }),
        starts: nodes.filter(({ type }) => registry.get(type)?.start).map(({ id }) => id),
      })
      // Somebody may have gone on while the worker was busy: places of nodes that are gone do no harm.
      commands.tidy(arranged)
      requestAnimationFrame(() => void fitView({ ...fitOptions, duration }))
    }

    /** At 100 %, with the one selected step in the middle. */
    const zoomFull = () => {
      const [selected, ...others] = selection()
      const node = others.length === 0 && selected !== undefined ? getInternalNode(selected) : undefined
      if (!node) return void zoomTo(1, { duration })
      const { x, y } = node.internals.positionAbsolute
      const { width = 0, height = 0 } = node.measured
      void setCenter(x + width / 2, y + height / 2, { zoom: 1, duration })
    }

    const editing: Action[] = [
      ...undoActions(document),
      {
        id: 'add-step',
        label: 'Add a step',
        group: 'Changes',
        keys: ['a'],
        run: () => {
          const at = { x: window.innerWidth / 2 - 150, y: window.innerHeight / 4 }
          store.setState({ menu: { kind: 'add', at } })
        },
      },
      {
        id: 'delete',
        label: 'Delete',
        group: 'Changes',
        keys: ['delete', 'backspace'],
        run: () => commands.remove(selection(), view.getState().selectedEdges),
        isOn: hasAny,
      },
      {
        id: 'delete-heal',
        label: 'Delete and close the gap',
        group: 'Changes',
        keys: ['mod+backspace', 'mod+delete'],
        run: () => commands.removeNodes(selection(), { heal: true }),
        isOn: hasNodes,
      },
      {
        id: 'duplicate',
        label: 'Duplicate',
        group: 'Changes',
        keys: ['mod+d'],
        run: () => places.duplicate(selection()),
        isOn: hasNodes,
      },
      {
        id: 'cut',
        label: 'Cut',
        group: 'Changes',
        keys: ['mod+x'],
        isListedOnly: true,
        run: clipboard.cut,
        isOn: hasNodes,
      },
      { id: 'paste', label: 'Paste', group: 'Changes', keys: ['mod+v'], isListedOnly: true, run: clipboard.paste },
      { id: 'tidy', label: 'Tidy up', group: 'Changes', keys: ['shift+t'], run: () => void tidy() },
      keyOnly('move', 'Move the selected steps', 'Changes', ['alt+arrows']),
      keyOnly('next', 'Add the next step', 'Changes', ['mod+arrowdown']),
      keyOnly('connect', 'Connect an exit to a step', 'Changes', ['mod+enter']),
    ]
    const looking: Action[] = [
      {
        id: 'copy',
        label: 'Copy',
        group: 'Selection',
        keys: ['mod+c'],
        isListedOnly: true,
        run: clipboard.copy,
        isOn: hasNodes,
      },
      {
        id: 'select-all',
        label: 'Select all',
        group: 'Selection',
        keys: ['mod+a'],
        run: () => view.select(document.getState().flow.nodeOrder),
      },
      {
        id: 'select-nothing',
        label: 'Select nothing',
        group: 'Selection',
        keys: ['escape'],
        isKeyOnly: true,
        run: () => {
          view.select([])
          view.inspect(undefined)
        },
      },
      keyOnly('walk', 'Walk from step to step', 'Selection', ['arrows']),
      keyOnly('exits', 'Walk the exits of a step', 'Selection', ['tab']),
      keyOnly('open', 'Open the fields of a step', 'Selection', ['enter']),
      { id: 'zoom-in', label: 'Zoom in', group: 'View', keys: ['+', '='], run: () => void zoomIn({ duration }) },
      { id: 'zoom-out', label: 'Zoom out', group: 'View', keys: ['-'], run: () => void zoomOut({ duration }) },
      { id: 'zoom-full', label: 'Zoom to 100 %', group: 'View', keys: ['0'], run: zoomFull },
      {
        id: 'fit',
        label: 'Show the whole flow',
        group: 'View',
        keys: ['1'],
        run: () => void fitView({ ...fitOptions, duration }),
      },
    ]
    return readOnly ? looking : [...editing, ...looking]
  }, [
    commands,
    document,
    registry,
    view,
    store,
    readOnly,
    fitView,
    getInternalNode,
    setCenter,
    zoomIn,
    zoomOut,
    zoomTo,
    clipboard,
    places,
    arrange,
  ])

  useActions(actions)
  return actions
}

/** Keys that the focused card listens for itself. */
function keyOnly(id: string, label: string, group: string, keys: readonly string[]): Action {
  return { id, label, group, keys, isListedOnly: true, isKeyOnly: true, run: () => undefined }
}
