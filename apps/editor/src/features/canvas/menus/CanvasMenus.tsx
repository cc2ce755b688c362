import { useFlowEditor } from '../../../document/hooks.tsx'
import { useCanvas, useCanvasState } from '../canvas-store.ts'
import { useAddStep } from '../use-add-step.ts'
import { PickList } from './PickList.tsx'
import { recentTypes } from './recent-types.ts'
import { targetItems, typeItems } from './step-items.tsx'

/** The menu that is open over the canvas, if one is. */
export function CanvasMenus() {
  const { store } = useCanvas()
  const { commands, document, registry, view } = useFlowEditor()
  const menu = useCanvasState((state) => state.menu)
  const addStep = useAddStep()
  if (!menu) return null
  const close = () => {
    store.setState({ menu: undefined })
    focusBack()
  }
  if (menu.kind === 'connect') {
    return (
      <PickList
        title="Connect to"
        placeholder="Connect to…"
        nothing="No step like that can come next."
        at={menu.at}
        items={targetItems(document.getState().flow, menu.exit, registry)}
        onClose={close}
        onPick={(target) => {
          store.setState({ menu: undefined })
          commands.connect({ ...menu.exit, target })
          view.show(menu.exit.source)
        }}
      />
    )
  }
  const wanted = menu.kind === 'insert' ? 'between' : menu.after ? 'after' : 'any'
  return (
    <PickList
      title={menu.kind === 'insert' ? 'Insert a step' : 'Add a step'}
      placeholder="What comes next?"
      nothing="No step is called like that."
      at={menu.at}
      items={typeItems(registry, wanted, recentTypes())}
      onClose={close}
      onPick={(type) => {
        store.setState({ menu: undefined })
        if (menu.kind === 'insert') addStep({ type, edge: menu.edge })
        else addStep({ type, ...(menu.after && { after: menu.after }), ...(menu.place && { place: menu.place }) })
      }}
    />
  )
}

/** Puts the keyboard back on the card that a menu was opened from. */
function focusBack(): void {
  document.querySelector<HTMLElement>('.react-flow__node.selected')?.focus({ preventScroll: true })
}
