import { useReactFlow } from '@xyflow/react'
import { useCallback } from 'react'
import { gridPx, type Point } from '../../document/commands/draft.ts'
import type { ExitOf } from '../../document/commands/nodes.ts'
import { useFlowEditor } from '../../document/hooks.tsx'
import { exitsOf } from '../../document/node-reading.ts'
import { gapPx } from '../../document/placing.ts'
import { connectedExits } from './card/connected-exits.ts'
import { rememberType } from './menus/recent-types.ts'
import { useFreePlaces } from './use-free-place.ts'

/** Where a new step goes: after an exit, on an edge, to a place of the canvas, or wherever it makes sense. */
export interface AddStep {
  readonly type: string
  readonly after?: ExitOf
  readonly edge?: string
  /** Middle of the new card's upper edge, in canvas pixels. */
  readonly place?: Point
}

/** Adds a step, selects it and brings it into view. Without a place it follows the selected step's first open exit. */
export function useAddStep(): (add: AddStep) => string {
  const { commands, document, registry, view } = useFlowEditor()
  const places = useFreePlaces()
  const { screenToFlowPosition } = useReactFlow()
  return useCallback(
    ({ type, after, edge, place }: AddStep) => {
      const { flow } = document.getState()
      rememberType(type)
      const finish = (id: string) => {
        view.inspect(id)
        view.show(id)
        return id
      }

      const line = edge === undefined ? undefined : flow.edges.get(edge)
      const [source, target] = [flow.nodes.get(line?.source ?? ''), flow.nodes.get(line?.target ?? '')]
      if (line && source && target) {
        const needed = 160 + 2 * gapPx
        const room = target.position.y - source.position.y - places.heightOf(source)
        const makeRoom = room < needed ? Math.ceil((needed - Math.max(room, 0)) / gridPx) * gridPx : 0
        const position = { x: target.position.x, y: source.position.y + places.heightOf(source) + gapPx }
        return finish(commands.insertOnEdge(line.id, { type, position }, room < 0 ? 0 : makeRoom))
      }

      const exit = after ?? (place ? undefined : openExit())
      const position =
        exit && !place
          ? places.after(exit, type)
          : places.near(
              place ?? screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 2 - 80 }),
              type,
            )
      return finish(commands.addNode({ type, position, ...(exit && { after: exit }) }))

      /** The first exit of the one selected step that leads nowhere, if the new step can come after it. */
      function openExit(): ExitOf | undefined {
        const [selected, ...others] = view.getState().selectedNodes
        const node = flow.nodes.get(selected ?? '')
        if (!node || others.length > 0 || registry.get(type)?.start) return undefined
        const connected = connectedExits(flow, node.id).split(' ')
        const free = exitsOf(node, registry).find(({ id, optional }) => !optional && !connected.includes(id))
        return free && { source: node.id, sourceHandle: free.id }
      }
    },
    [commands, document, registry, view, places, screenToFlowPosition],
  )
}
