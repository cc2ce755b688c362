import { Tooltip } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import type { Json } from '@textloom/core'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { localNames } from '../../../document/texts/flow-names.ts'
import { replaceInTemplate, summariseSegments } from '../../../document/texts/segment-summary.ts'
import { useForm } from '../form-context.ts'
import { SegmentCounter } from '../text/SegmentCounter.tsx'
import { TemplateText } from '../text/TemplateText.tsx'
import type { ControlProps } from './simple-fields.tsx'

/** A text that is sent: variables as pills, with what it costs below. */
export function MessageControl({ field, value, onChange, ids }: ControlProps) {
  const { names: flowNames } = useForm()
  const names = useMemo(() => [...localNames(field), ...flowNames], [field, flowNames])
  const insert = useRef<() => void>(undefined)
  const text = typeof value === 'string' ? value : ''
  const counted = useDeferredValue(text)
  const summary = useMemo(() => summariseSegments(counted, names), [counted, names])
  return (
    <div>
      <div className="tl-message">
        <TemplateText
          value={text}
          onChange={(next) => onChange(next === '' && field.isOptional ? undefined : next)}
          names={names}
          lines="many"
          marksUcs2
          label={field.title}
          isBad={ids.isBad}
          describedBy={ids.describedBy}
          {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
          onReady={(ready) => {
            insert.current = ready
          }}
        />
        <Tooltip label="Insert a variable (or type {{)" withArrow>
          <button
            type="button"
            className="tl-message-insert"
            aria-label={`Insert a variable into ${field.title}`}
            onClick={() => insert.current?.()}
          >
            <IconBraces size={16} stroke={1.7} aria-hidden />
          </button>
        </Tooltip>
      </div>
      {text !== '' && <SegmentCounter summary={summary} onReplace={() => onChange(replaceInTemplate(text))} />}
    </div>
  )
}

/** A template that is computed with, on one line. */
export function TemplateControl(props: ControlProps) {
  return <UncountedText {...props} lines="one" />
}

/** A longer text that is not sent to contacts. */
export function TextBlockControl(props: ControlProps) {
  return <UncountedText {...props} lines="many" />
}

/** What is not sent needs no count of its segments. */
function UncountedText({ field, value, onChange, ids, lines }: ControlProps & { readonly lines: 'one' | 'many' }) {
  const { names } = useForm()
  return (
    <TemplateText
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' && field.isOptional ? undefined : next)}
      names={names}
      lines={lines}
      label={field.title}
      isBad={ids.isBad}
      describedBy={ids.describedBy}
      {...(field.placeholder === undefined ? {} : { placeholder: field.placeholder })}
    />
  )
}

/** JSON whose texts may hold variables. What is not JSON yet stays in the field and is said so. */
export function JsonControl({ field, value, onChange, ids }: ControlProps) {
  const { names } = useForm()
  const [draft, setDraft] = useState<string>()
  const stored = value === undefined ? '' : JSON.stringify(value, null, 2)
  const change = (text: string) => {
    const read = readJson(text)
    if (read === 'broken') return setDraft(text)
    // Spaces that the author typed stay as long as they mean the same.
    setDraft(text)
    onChange(read)
  }
  const text = draft !== undefined && sameOrBroken(draft, value) ? draft : stored
  const isBroken = readJson(text) === 'broken'
  return (
    <>
      <TemplateText
        value={text}
        onChange={change}
        names={names}
        lines="code"
        label={field.title}
        isBad={ids.isBad || isBroken}
        describedBy={ids.describedBy}
        placeholder={'{ "name": "{{ contact.name }}" }'}
      />
      {isBroken && (
        <ul className="tl-field-problems">
          <li data-severity="error">
            This is not JSON yet, so the body stays as it was: look for a missing quote or bracket.
          </li>
        </ul>
      )}
    </>
  )
}

function readJson(text: string): Json | undefined | 'broken' {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return 'broken'
  }
}

function sameOrBroken(draft: string, value: Json | undefined): boolean {
  const read = readJson(draft)
  return read === 'broken' || JSON.stringify(read) === JSON.stringify(value)
}
