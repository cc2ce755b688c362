import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { IconArrowRight, IconGripVertical, IconPlus, IconX } from '@tabler/icons-react'
import { formatPath, type Json, type JsonObject } from '@textloom/core'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { moved } from '../../../shared/rows/list-edits.ts'
import { useRowDrag } from '../../../shared/rows/use-row-drag.ts'
import { useForm } from '../form-context.ts'
import type { Field, Row } from '../model/field-model.ts'
import { rowId } from '../model/row-ids.ts'
import { blankEntry, entryId, entryName, entryNoun, labelField } from '../model/row-model.ts'

/** What a list field is given: it changes by labelled steps, since exits and their edges hang on its entries. */
export interface ListControlProps {
  readonly field: Field
  readonly row: Row
  readonly value: Json | undefined
  /** Path of the list within the node's data. */
  readonly path: readonly (string | number)[]
  readonly onEdit: (label: string, change: (list: readonly Json[]) => readonly Json[]) => void
  /** Draws the fields of one entry. */
  readonly renderRow: (entry: JsonObject, path: readonly (string | number)[]) => ReactNode
}

/** Entries that can be added, moved and removed; each that is an exit says where it leads. */
export function ListControl({ field, row, value, path, onEdit, renderRow }: ListControlProps) {
  const { leadsTo, exits } = useForm()
  const list = useRef<HTMLOListElement>(null)
  const [said, setSaid] = useState('')
  const entries = Array.isArray(value) ? (value as JsonObject[]) : []
  const noun = entryNoun(field)
  const move = (from: number, to: number) => {
    if (to === from || to < 0 || to >= entries.length) return
    onEdit(`Move ${noun} ${entryName(entries[from], row, from)}`, (list) => moved(list, from, to))
    setSaid(`Now ${to + 1} of ${entries.length}.`)
  }
  const remove = (index: number) => {
    const id = entryId(entries[index])
    const target = id === undefined ? undefined : leadsTo(id)
    const edge = target === undefined ? '' : ' and its connection'
    onEdit(`Remove ${noun} ${entryName(entries[index], row, index)}${edge}`, (list) => list.toSpliced(index, 1))
    focusRow(list.current, Math.min(index, entries.length - 2))
  }
  const add = (labels: readonly string[]) => {
    const taken = new Set([...exits, ...entries.flatMap((entry) => entryId(entry) ?? [])])
    const made = labels.map((label) => {
      const id = rowId(label, taken, noun)
      taken.add(id)
      const named = labelField(row)
      return { ...blankEntry(row, id), ...(named ? { [named.key]: label } : {}) }
    })
    const what = made.length === 1 ? `${noun}${labels[0] ? ` “${labels[0]}”` : ''}` : `${made.length} ${noun}s`
    onEdit(`Add ${what}`, (list) => [...list, ...made])
  }
  const drag = useRowDrag(list, move)
  return (
    <div className="tl-list">
      <ol ref={list} className="tl-rows" data-dragging={drag.from ?? undefined}>
        {entries.map((entry, index) => {
          const name = entryName(entry, row, index)
          const target = leadsTo(entryId(entry) ?? '')
          return (
            <li
              key={entryId(entry) ?? index}
              className="tl-row"
              data-place={formatPath([...path, index])}
              data-dragged={drag.from === index || undefined}
              style={drag.styleOf(index)}
            >
              <Tooltip label="Drag, or press ↑ and ↓" withArrow openDelay={600}>
                <button
                  type="button"
                  className="tl-row-grip"
                  aria-label={`Move ${noun} ${name}, ${index + 1} of ${entries.length}`}
                  onPointerDown={(event) => drag.begin(event, index)}
                  onKeyDown={(event) => moveByKey(event, index, move, list.current)}
                >
                  <IconGripVertical size={16} aria-hidden />
                  {row.hasIds && <span aria-hidden>{index + 1}</span>}
                </button>
              </Tooltip>
              <div className="tl-row-fields">
                {renderRow(entry, [...path, index])}
                {target !== undefined && (
                  <p className="tl-row-target">
                    <IconArrowRight size={13} aria-hidden /> <span>{target}</span>
                  </p>
                )}
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove ${noun} ${name}${target === undefined ? '' : ' and its connection'}`}
                onClick={() => remove(index)}
              >
                <IconX size={15} />
              </ActionIcon>
            </li>
          )
        })}
      </ol>
      {labelField(row) ? (
        <NewLabels noun={noun} onAdd={add} />
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => {
            add([''])
            requestAnimationFrame(() => focusRow(list.current, entries.length))
          }}
        >
          Add {/^[aeiou]/.test(noun) ? 'an' : 'a'} {noun}
        </Button>
      )}
      <span className="tl-unseen" role="status">
        {said}
      </span>
    </div>
  )
}

/** A line that waits for the next entry: its id is made of all that was typed, so it is kept when the line is left. */
function NewLabels({ noun, onAdd }: { noun: string; onAdd: (labels: readonly string[]) => void }) {
  const [text, setText] = useState('')
  const commit = (typed: string) => {
    const labels = typed
      .split(/\r?\n/)
      .map((label) => label.trim().slice(0, 160))
      .filter((label) => label !== '')
    if (labels.length > 0) onAdd(labels)
    setText('')
  }
  return (
    <TextInput
      className="tl-new-row"
      leftSection={<IconPlus size={15} aria-hidden />}
      aria-label={`New ${noun}`}
      placeholder={`Add ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}, then Enter`}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={() => commit(text)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text')
        if (!/\n/.test(pasted.trim())) return
        event.preventDefault()
        commit(`${text}${pasted}`)
      }}
      onKeyDown={(event) => {
        // Until it is an entry, what is typed is the field's own to undo.
        if (text !== '' && (event.ctrlKey || event.metaKey)) event.stopPropagation()
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        event.preventDefault()
        commit(text)
      }}
    />
  )
}

function moveByKey(
  event: KeyboardEvent<HTMLButtonElement>,
  index: number,
  move: (from: number, to: number) => void,
  list: HTMLElement | null,
): void {
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
  if (by === 0) return
  event.preventDefault()
  move(index, index + by)
  requestAnimationFrame(() => list?.children[index + by]?.querySelector<HTMLElement>('.tl-row-grip')?.focus())
}

function focusRow(list: HTMLElement | null, index: number): void {
  list?.children[index]?.querySelector<HTMLElement>('.tl-row-fields :is(input, [contenteditable=true])')?.focus()
}
