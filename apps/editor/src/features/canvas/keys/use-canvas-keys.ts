import { type KeyboardEvent, useEffect, useMemo } from 'react'
import { gridPx, type Point } from '../../../document/commands/draft.ts'
import type { ExitOf } from '../../../document/commands/nodes.ts'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { exitsOf } from '../../../document/node-reading.ts'
import type { KeyPress } from '../../../shared/actions/keys.ts'
import { isTextField } from '../../../shared/actions/use-actions.ts'
import { useCanvas } from '../canvas-store.ts'
import { connectedExits } from '../card/connected-exits.ts'
import { type Direction, walk } from './walk.ts'

const directions: Readonly<Record<string, Direction>> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** What keys do while a card or one of its exits has the keyboard. Shortcuts that work everywhere are actions instead. */
export function useCanvasKeys(): (event: KeyboardEvent) => void {
  const cards = useCardKeys()
  const { view } = useFlowEditor()

  // After a menu closes, or while a new card is not drawn yet, nothing has the keyboard: the selected card stands in.
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const [selected, ...others] = view.getState().selectedNodes
      if (event.defaultPrevented || event.target !== document.body || others.length > 0) return
      if (selected !== undefined && cards.onKey(event, selected)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [cards, view])

  return (event) => {
    const { target } = event
    if (event.defaultPrevented || !(target instanceof HTMLElement) || isTextField(target)) return
    const card = target.closest<HTMLElement>('.react-flow__node')
    const id = card?.dataset.id
    if (!card || id === undefined) return
    const exit = target.dataset.exit
    const isHandled =
      exit === undefined
        ? cards.onKey(event, id)
        : cards.onExitKey(event, { source: id, sourceHandle: exit }) || walkExits(event, target, card)
    if (!isHandled) return
    event.preventDefault()
    event.stopPropagation()
  }
}

/** Arrows walk the exits of a card, Escape goes back to the card itself. */
function walkExits({ key, altKey }: KeyboardEvent, exit: HTMLElement, card: HTMLElement): boolean {
  if (key === 'Escape') {
    card.focus()
    return true
  }
  const direction = directions[key]
  if (!direction || altKey) return false
  const exits = [...card.querySelectorAll<HTMLElement>('[data-exit]')]
  exits[exits.indexOf(exit) + (direction === 'down' || direction === 'right' ? 1 : -1)]?.focus()
  return true
}

function useCardKeys() {
  const { commands, document: flowDocument, registry, view } = useFlowEditor()
  const { store, readOnly } = useCanvas()
  return useMemo(() => {
    /** Moves what is selected, or the one card the keyboard is on. */
    const move = (id: string, direction: Direction, stepPx: number) => {
      const { selectedNodes } = view.getState()
      const { nodes } = flowDocument.getState().flow
      const [dx, dy] = { down: [0, 1], up: [0, -1], left: [-1, 0], right: [1, 0] }[direction]
      const places = [...(selectedNodes.has(id) ? selectedNodes : [id])].flatMap((one) => {
        const position = nodes.get(one)?.position
        return position
          ? [[one, { x: position.x + (dx ?? 0) * stepPx, y: position.y + (dy ?? 0) * stepPx }] as const]
          : []
      })
      commands.moveNodes(new Map(places), true)
    }

    /** Asks what comes after the first open exit. */
    const addNext = (id: string) => {
      const { flow } = flowDocument.getState()
      const node = flow.nodes.get(id)
      const exits = node ? exitsOf(node, registry) : []
      const connected = connectedExits(flow, id).split(' ')
      const exit = exits.find((one) => !one.optional && !connected.includes(one.id)) ?? exits[0]
      if (!exit) return
      const after = { source: id, sourceHandle: exit.id }
      store.setState({ menu: { kind: 'add', at: footOf(id), after } })
    }

    const toggle = (id: string) => {
      const selected = new Set(view.getState().selectedNodes)
      if (!selected.delete(id)) selected.add(id)
      view.select(selected)
    }

    return {
      /** Delete takes an exit's connection out. */
      onExitKey({ key }: KeyPress, { source, sourceHandle }: ExitOf): boolean {
        if (readOnly || (key !== 'Delete' && key !== 'Backspace')) return false
        const { edges } = flowDocument.getState().flow
        const doomed = [...edges.values()].filter(
          (edge) => edge.source === source && edge.sourceHandle === sourceHandle,
        )
        commands.disconnect(new Set(doomed.map((edge) => edge.id)))
        return true
      },
      /** True when the key meant something here. */
      onKey({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyPress, id: string): boolean {
        const direction = directions[key]
        const isHeld = altKey || ctrlKey || metaKey
        if (direction && altKey && !readOnly) move(id, direction, shiftKey ? 4 * gridPx : gridPx)
        else if (direction === 'down' && (ctrlKey || metaKey) && !readOnly) addNext(id)
        else if (direction && !isHeld) {
          const next = walk(flowDocument.getState().flow, id, direction, registry)
          if (next !== undefined) view.show(next)
        } else if (key === 'Enter' && !isHeld) {
          view.inspect(id)
          view.setState({ focusField: { node: id, path: '' } })
        } else if (key === ' ') toggle(id)
        else return false
        return true
      },
    }
  }, [commands, flowDocument, registry, view, store, readOnly])
}

/** Where a menu about a card belongs: below it, or in the middle while it is not drawn yet. */
function footOf(id: string): Point {
  const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.getBoundingClientRect()
  return box ? { x: box.left, y: box.bottom + 6 } : { x: window.innerWidth / 2, y: window.innerHeight / 3 }
}
