import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Point } from '../../../document/commands/draft.ts'
import { found, type PickItem } from './matches.ts'
import './pick-list.css'

interface PickListProps {
  readonly title: string
  readonly placeholder: string
  readonly items: readonly PickItem[]
  readonly nothing: string
  /** Where on the screen; moved so that all of it is seen. */
  readonly at: Point
  onPick(id: string): void
  onClose(): void
}

/** A list to pick from by pointer or by typing, over the canvas. */
export function PickList({ title, placeholder, items, nothing, at, onPick, onClose }: PickListProps) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const listId = useId()
  const shown = found(items, query)
  const picked = shown[Math.min(active, shown.length - 1)]
  useStayOnScreen(box, at)
  useCloseOutside(box, onClose)

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = moves[event.key]
    if (step !== undefined) setActive((Math.min(active, shown.length - 1) + step + shown.length) % (shown.length || 1))
    else if (event.key === 'Enter' && picked) onPick(picked.id)
    else if (event.key === 'Escape') onClose()
    else if (event.key === 'Tab') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={box} className="tl-pick" role="dialog" aria-label={title} style={{ left: at.x, top: at.y }}>
      <label className="tl-pick-search">
        <IconSearch size={16} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the list was asked for just now, and typing goes on in it
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={picked && `${listId}-${picked.id}`}
          aria-label={title}
          placeholder={placeholder}
          value={query}
          onChange={({ currentTarget }) => {
            setQuery(currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className="tl-pick-list" id={listId} role="listbox" aria-label={title}>
        {shown.map((item, index) => (
          <Row
            key={item.id}
            item={item}
            id={`${listId}-${item.id}`}
            heading={query !== '' || item.group === shown[index - 1]?.group ? undefined : item.group}
            isActive={item === picked}
            onPoint={() => setActive(index)}
            onPick={() => onPick(item.id)}
          />
        ))}
      </div>
      {shown.length === 0 && <p className="tl-pick-nothing">{nothing}</p>}
    </div>
  )
}

interface RowProps {
  readonly item: PickItem
  readonly id: string
  readonly heading: string | undefined
  readonly isActive: boolean
  onPoint(): void
  onPick(): void
}

function Row({ item, id, heading, isActive, onPoint, onPick }: RowProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    <>
      {heading !== undefined && (
        <div className="tl-pick-heading" role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the keyboard stays in the search field, which names the active row */}
      <div
        ref={row}
        className="tl-pick-row"
        role="option"
        id={id}
        aria-selected={isActive}
        onPointerMove={onPoint}
        onClick={onPick}
      >
        {item.face}
        <span className="tl-pick-words">
          <span>{item.label}</span>
          {item.detail !== undefined && <small>{item.detail}</small>}
        </span>
      </div>
    </>
  )
}

function useStayOnScreen(box: { current: HTMLElement | null }, at: Point): void {
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const { width, height } = element.getBoundingClientRect()
    element.style.left = `${Math.max(8, Math.min(at.x, window.innerWidth - width - 8))}px`
    element.style.top = `${Math.max(8, Math.min(at.y, window.innerHeight - height - 8))}px`
  }, [box, at])
}

function useCloseOutside(box: { current: HTMLElement | null }, onClose: () => void): void {
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) onClose()
    }
    document.addEventListener('pointerdown', onPointerDown, true)
    return () => document.removeEventListener('pointerdown', onPointerDown, true)
  }, [box, onClose])
}
