import { Tooltip } from '@mantine/core'
import { IconArrowsMaximize, IconMinus, IconPlus, IconSitemap } from '@tabler/icons-react'
import { useStore as useCanvasView } from '@xyflow/react'
import type { ReactNode } from 'react'
import type { Action } from '../../../shared/actions/action-registry.ts'
import { KeyCaps } from '../../../shared/ui/key-caps.tsx'
import './controls.css'

const icons: readonly (readonly [string, ReactNode])[] = [
  ['zoom-out', <IconMinus key="out" size={17} aria-hidden />],
  ['zoom-full', null],
  ['zoom-in', <IconPlus key="in" size={17} aria-hidden />],
  ['fit', <IconArrowsMaximize key="fit" size={17} aria-hidden />],
  ['tidy', <IconSitemap key="tidy" size={17} aria-hidden />],
]

/** Zoom, fit and tidy, at the foot of the canvas. */
export function CanvasControls({ actions }: { actions: readonly Action[] }) {
  const percent = useCanvasView(({ transform }) => Math.round(transform[2] * 100))
  return (
    <div className="tl-controls" role="toolbar" aria-label="View">
      {icons.map(([id, icon]) => {
        const action = actions.find((one) => one.id === id)
        return action ? (
          <Tooltip key={id} label={<Hint action={action} />} openDelay={400}>
            <button
              type="button"
              onClick={action.run}
              aria-label={icon ? action.label : `${percent} %. ${action.label}`}
            >
              {icon ?? <span className="tl-controls-zoom">{percent} %</span>}
            </button>
          </Tooltip>
        ) : null
      })}
    </div>
  )
}

function Hint({ action: { label, keys = [] } }: { action: Action }) {
  return (
    <span className="tl-hint">
      {label} {keys[0] !== undefined && <KeyCaps keys={keys[0]} />}
    </span>
  )
}
