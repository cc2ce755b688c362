import { useEffect } from 'react'
import { type Action, actionRegistry, registerActions } from './action-registry.ts'
import { isPressed, onMac } from './keys.ts'

/** Offers actions while a component is there. The list must keep its identity. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => registerActions(actions), [actions])
}

/** Listens for the keys of all registered actions; used once, by the frame of the page. */
export function useActionKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const { actions } = actionRegistry.getState()
      // The last one registered is the one nearest to what is open.
      const action = actions.findLast(
        (one) =>
          !one.isListedOnly && one.keys?.some((keys) => isPressed(keys, event, onMac)) && mayRun(one, event.target),
      )
      if (!action) return
      event.preventDefault()
      if (action.isOn?.() ?? true) action.run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** True where typing goes into a text rather than to shortcuts. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
}

function mayRun({ inFields }: Action, target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : undefined
  if (inFields !== 'all' && element?.closest('[role=dialog], [role=alertdialog]')) return false
  if (!isTextField(target) || inFields === 'all') return true
  return inFields === 'document' && element?.closest('[data-undo=document]') != null
}
