import type { RowParts } from '@textloom/interop/autoresponder'
import { type RefObject, useEffect, useRef } from 'react'
import { useFlowEditor } from '../../document/hooks.tsx'

/** Whoever asks for a step, as the list of problems does, is led to its row, or to the canvas when it has none. */
export function useRevealedRow(
  root: RefObject<HTMLElement | null>,
  parts: ReadonlyMap<string, RowParts>,
  onShow: (node: string) => void,
): void {
  const { view } = useFlowEditor()
  const latest = useRef({ parts, onShow })
  useEffect(() => {
    latest.current = { parts, onShow }
  })
  useEffect(
    () =>
      view.subscribe(({ reveal }, before) => {
        if (!reveal || reveal === before.reveal) return
        const { parts: rows, onShow: showOnCanvas } = latest.current
        const [row] =
          [...rows].find(([id, own]) => id === reveal.node || Object.values(own).includes(reveal.node)) ?? []
        if (row === undefined) return showOnCanvas(reveal.node)
        const place = root.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`)
        place?.scrollIntoView({ block: 'center' })
        if (reveal.focus) place?.querySelector<HTMLElement>('textarea')?.focus({ preventScroll: true })
      }),
    [view, root],
  )
}
