import { type KeyboardEvent, useMemo } from 'react'
import { gridPx } from '../../../document/commands/draft.ts'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { exitsOf } from '../../../document/node-reading.ts'
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
  return (event) => {
    const { target } = event
    if (event.defaultPrevented || !(target instanceof HTMLElement) || isTextField(target)) return
    const card = target.closest<HTMLElement>('.react-flow__node')
    const id = card?.dataset.id
    if (!card || id === undefined) return
    const isHandled = target.matches('[data-exit]') ? onExitKey(event, target, card) : cards.onKey(event, id, card)
    if (!isHandled) return
    event.preventDefault()
    event.stopPropagation()
  }
}

/** Arrows walk the exits of a card, Escape goes back to the card itself. */
function onExitKey({ key, altKey }: KeyboardEvent, exit: HTMLElement, card: HTMLElement): boolean {
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
  const { commands, document, registry, view } = useFlowEditor()
  const { store, readOnly } = useCanvas()
  return useMemo(() => {
    /** Moves what is selected, or the one card the keyboard is on. */
    const move = (id: string, direction: Direction, stepPx: number) => {
      const { selectedNodes } = view.getState()
      const { nodes } = document.getState().flow
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
    const addNext = (id: string, card: HTMLElement) => {
      const { flow } = document.getState()
      const node = flow.nodes.get(id)
      const exits = node ? exitsOf(node, registry) : []
      const connected = connectedExits(flow, id).split(' ')
      const exit = exits.find((one) => !one.optional && !connected.includes(one.id)) ?? exits[0]
      if (!exit) return
      const { left, bottom } = card.getBoundingClientRect()
      const after = { source: id, sourceHandle: exit.id }
      store.setState({ menu: { kind: 'add', at: { x: left, y: bottom + 6 }, after } })
    }

    const toggle = (id: string) => {
      const selected = new Set(view.getState().selectedNodes)
      if (!selected.delete(id)) selected.add(id)
      view.select(selected)
    }

    return {
      /** True when the key meant something here. */
      onKey({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent, id: string, card: HTMLElement): boolean {
        const direction = directions[key]
        const isHeld = altKey || ctrlKey || metaKey
        if (direction && altKey && !readOnly) move(id, direction, shiftKey ? 4 * gridPx : gridPx)
        else if (direction === 'down' && (ctrlKey || metaKey) && !readOnly) addNext(id, card)
        else if (direction && !isHeld) {
          const next = walk(document.getState().flow, id, direction, registry)
          if (next !== undefined) view.show(next)
        } else if (key === 'Enter' && !isHeld) {
          view.inspect(id)
          view.setState({ focusField: { node: id, path: '' } })
        } else if (key === ' ') toggle(id)
        else return false
        return true
      },
    }
  }, [commands, document, registry, view, store, readOnly])
}
