import { type CSSProperties, type PointerEvent, type RefObject, useRef, useState } from 'react'

/** A panel that can be taken out of its place and moved about the window by its head. */
export interface Floating {
  readonly isDetached: boolean
  readonly panel: RefObject<HTMLElement | null>
  readonly style: CSSProperties | undefined
  /** Goes onto the head. */
  readonly handle: { readonly onPointerDown?: (event: PointerEvent<HTMLElement>) => void }
  toggle(): void
}

interface Place {
  readonly left: number
  readonly top: number
}

/** Keeps the place of a panel while the page is open; it can not be lost outside of the window. */
export function useFloating(): Floating {
  const panel = useRef<HTMLElement>(null)
  const [place, setPlace] = useState<Place>()
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || !panel.current || (event.target as Element).closest('button')) return
    const head = event.currentTarget
    const box = panel.current.getBoundingClientRect()
    const [byX, byY] = [event.clientX - box.left, event.clientY - box.top]
    const move = (next: globalThis.PointerEvent) => setPlace(within(next.clientX - byX, next.clientY - byY, box))
    const end = () => {
      head.removeEventListener('pointermove', move)
      head.removeEventListener('pointerup', end)
      head.removeEventListener('pointercancel', end)
    }
    head.setPointerCapture(event.pointerId)
    head.addEventListener('pointermove', move)
    head.addEventListener('pointerup', end)
    head.addEventListener('pointercancel', end)
  }
  return {
    panel,
    isDetached: place !== undefined,
    style: place,
    handle: place ? { onPointerDown: drag } : {},
    toggle() {
      const box = panel.current?.getBoundingClientRect()
      setPlace((there) => (there || !box ? undefined : within(box.left - 24, box.top + 24, box)))
    },
  }
}

function within(left: number, top: number, { width }: { readonly width: number }): Place {
  const margin = 8
  return {
    left: Math.max(margin, Math.min(left, window.innerWidth - width - margin)),
    top: Math.max(margin, Math.min(top, window.innerHeight - 120)),
  }
}
