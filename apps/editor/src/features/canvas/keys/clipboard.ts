import { notifications } from '@mantine/notifications'
import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useMemo } from 'react'
import { type Clip, clipOf, clipText, readClip } from '../../../document/clip.ts'
import type { Point } from '../../../document/commands/draft.ts'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { cardWidthPx } from '../../../document/placing.ts'
import { isTextField } from '../../../shared/actions/use-actions.ts'
import type { FreePlaces } from '../use-free-place.ts'

/** Copy, cut and paste by the system's clipboard. */
export interface ClipboardDeeds {
  copy(): void
  cut(): void
  paste(): void
}

/** Listens to the browser's copy, cut and paste while no text field has the keyboard; answers the same as deeds. */
export function useClipboard(readOnly: boolean, places: FreePlaces): ClipboardDeeds {
  const { commands, document: flowDocument, registry, view } = useFlowEditor()
  const { screenToFlowPosition, fitView } = useReactFlow()

  const takeOut = useCallback(() => {
    const { selectedNodes } = view.getState()
    return selectedNodes.size === 0 ? undefined : clipText(clipOf(flowDocument.getState().flow, selectedNodes))
  }, [flowDocument, view])

  const putClip = useCallback(
    (clip: Clip, { x, y }: Point) => {
      const left = Math.min(...clip.nodes.map(({ position }) => position.x))
      const top = Math.min(...clip.nodes.map(({ position }) => position.y))
      const by = places.offset(clip.nodes, { x: x - cardWidthPx / 2 - left, y: y - top })
      return commands.paste(clip, { x: left + by.x, y: top + by.y })
    },
    [commands, places],
  )
  const putText = useCallback(
    (text: string, middle: Point) => {
      const data = { text }
      return commands.addNode({ type: 'message', position: places.near(middle, 'message', data), data })
    },
    [commands, places],
  )

  const putIn = useCallback(
    (text: string) => {
      const read = readClip(text, registry)
      if (read.kind === 'nothing') return
      if (read.kind === 'refused') {
        const message = `These steps cannot be used here: ${read.issues[0]?.message ?? 'they are not whole.'}`
        notifications.show({ color: 'red', title: 'Not pasted', message })
        return
      }
      const middle = screenToFlowPosition({ x: window.innerWidth / 2, y: window.innerHeight / 3 })
      const ids = read.kind === 'clip' ? putClip(read.clip, middle) : [putText(read.text.trim(), middle)]
      view.select(ids)
      requestAnimationFrame(
        () => void fitView({ nodes: ids.map((id) => ({ id })), padding: 0.4, maxZoom: 1, duration: 200 }),
      )
    },
    [registry, view, screenToFlowPosition, fitView, putClip, putText],
  )

  useEffect(() => {
    const onClipboard = (event: ClipboardEvent) => {
      if (event.defaultPrevented || isElsewhere(event)) return
      if (event.type === 'paste') {
        if (!readOnly) putIn(event.clipboardData?.getData('text/plain') ?? '')
      } else {
        const text = takeOut()
        if (text === undefined) return
        event.clipboardData?.setData('text/plain', text)
        if (event.type === 'cut' && !readOnly) commands.removeNodes(view.getState().selectedNodes)
      }
      event.preventDefault()
    }
    const types = ['copy', 'cut', 'paste'] as const
    for (const type of types) document.addEventListener(type, onClipboard)
    return () => {
      for (const type of types) document.removeEventListener(type, onClipboard)
    }
  }, [commands, view, takeOut, putIn, readOnly])

  return useMemo(
    () => ({
      copy: () => void navigator.clipboard?.writeText(takeOut() ?? '').catch(() => undefined),
      cut: () => {
        void navigator.clipboard?.writeText(takeOut() ?? '').then(() => {
          if (!readOnly) commands.removeNodes(view.getState().selectedNodes)
        })
      },
      paste: () => void navigator.clipboard?.readText().then(putIn, () => undefined),
    }),
    [commands, view, takeOut, putIn, readOnly],
  )
}

/** True when the event belongs to a text field, a dialog, or a text that somebody has marked. */
function isElsewhere({ target, type }: ClipboardEvent): boolean {
  if (isTextField(target)) return true
  if (target instanceof HTMLElement && target.closest('[role=dialog], [data-own-clipboard]')) return true
  return type !== 'paste' && (getSelection()?.toString() ?? '') !== ''
}
