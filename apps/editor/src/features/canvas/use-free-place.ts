import type { FlowNode, JsonObject } from '@textloom/core'
import { useMemo } from 'react'
import { blankData } from '../../document/blank-data.ts'
import { gridPx, type Point, snapped } from '../../document/commands/draft.ts'
import type { ExitOf } from '../../document/commands/nodes.ts'
import { nodesOf } from '../../document/flow-state.ts'
import { useFlowEditor } from '../../document/hooks.tsx'
import { boxesOf, cardHeight, cardWidthPx, freeInRow, nearestFree, placeAfter } from '../../document/placing.ts'
import { useCanvas } from './canvas-store.ts'

/** Finds room on the canvas, by the sizes that the cards there have. */
export interface FreePlaces {
  /** How high a card is, or is about to be, in pixels. */
  heightOf(node: FlowNode): number
  /** For a new step whose upper edge is wanted with its middle at a point. */
  near(middle: Point, type: string, data?: JsonObject): Point
  /** For a new step that follows an exit. */
  after(exit: ExitOf, type: string): Point
  /** For copies wanted so far from where these steps are: how far they go. */
  offset(copied: readonly FlowNode[], wanted: Point): Point
  /** Copies steps to beside themselves, selects the copies and brings them into view. */
  duplicate(ids: ReadonlySet<string>): void
}

/** From the left edge of a card to that of the next beside it. */
const besidePx = Math.ceil((cardWidthPx + gridPx) / gridPx) * gridPx

/** Room on the canvas of the open flow. */
export function useFreePlaces(): FreePlaces {
  const { commands, document, registry, view } = useFlowEditor()
  const { store } = useCanvas()
  return useMemo(() => {
    const measuredHeight = (id: string) => store.getState().measured.get(id)?.height
    const taken = () => boxesOf(nodesOf(document.getState().flow), registry, measuredHeight)
    const heightOf = (node: FlowNode) => measuredHeight(node.id) ?? cardHeight(node, registry)
    const heightOfNew = (type: string, data?: JsonObject) => {
      const nodeType = registry.get(type)
      const node = { id: '', type, position: { x: 0, y: 0 }, data: data ?? (nodeType ? blankData(nodeType) : {}) }
      return cardHeight(node, registry)
    }
    const offset: FreePlaces['offset'] = (copied, wanted) => {
      const by = snapped(wanted)
      const roots = copied.filter(({ parentId }) => !copied.some(({ id }) => id === parentId))
      const boxes = boxesOf(roots, registry, measuredHeight).map((box) => ({
        ...box,
        x: box.x + by.x,
        y: box.y + by.y,
      }))
      const further = nearestFree(boxes, taken())
      return { x: by.x + further.x, y: by.y + further.y }
    }
    return {
      heightOf,
      near(middle, type, data) {
        const wanted = snapped({ x: middle.x - cardWidthPx / 2, y: middle.y })
        const further = nearestFree([{ ...wanted, height: heightOfNew(type, data) }], taken())
        return { x: wanted.x + further.x, y: wanted.y + further.y }
      },
      after({ source, sourceHandle }, type) {
        const from = document.getState().flow.nodes.get(source)
        if (!from) return { x: 0, y: 0 }
        const wanted = placeAfter(from, sourceHandle, registry, heightOf(from))
        return freeInRow({ ...wanted, height: heightOfNew(type) }, taken())
      },
      offset,
      duplicate(ids) {
        const originals = nodesOf(document.getState().flow).filter(({ id }) => ids.has(id))
        const copies = commands.duplicate(ids, offset(originals, { x: besidePx, y: 0 }))
        view.select(copies)
        const [first] = copies
        if (first !== undefined) view.setState({ reveal: { node: first, focus: copies.length === 1 } })
      },
    }
  }, [commands, document, registry, view, store])
}
