import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  completionStatus,
  startCompletion,
} from '@codemirror/autocomplete'
import { standardKeymap } from '@codemirror/commands'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder as placeholderText, tooltips } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { FlowName } from '../../../document/texts/flow-names.ts'
import { simplePath, templateParts } from '../../../document/texts/template-parts.ts'
import { nameCompletion, type OfferedName } from './completion.ts'
import { markOptions, marks } from './decorations.ts'

/** What a text with variables is given; all but `value` and `names` hold for its life. */
export interface CodeTextProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly names: readonly FlowName[]
  /** Those of them that completion offers; asked for when it opens. */
  readonly offered: () => readonly OfferedName[]
  /** One line, as many as it takes, or JSON. */
  readonly lines: 'one' | 'many' | 'code'
  /** Marks the characters that make it Unicode. */
  readonly marksUcs2?: boolean
  readonly placeholder?: string
  readonly label: string
  readonly isReadOnly: boolean
  readonly describedBy?: string
  /** Is given a way to put a variable where the cursor is. */
  readonly onReady?: (insert: () => void) => void
}

/** Says that a change came from the document and need not go back there. */
const fromDocument = Annotation.define<true>()

/** The text itself: CodeMirror with pills, marks and completion. Loaded when the first text is shown. */
export default function CodeText(props: CodeTextProps) {
  const { value, names, lines, marksUcs2 = false, placeholder = '', label, describedBy = '' } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  const options = useRef(new Compartment())
  const attributes = useRef(new Compartment())
  useEffect(() => {
    latest.current = props
  })

  // Made once for each place on the page: the text and the names reach it below, by transactions.
  useEffect(() => {
    if (!host.current) return
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          ...extensionsFor(lines, () => latest.current.offered()),
          ...(latest.current.isReadOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []),
          options.current.of(markOptions.of({ names, marksUcs2 })),
          attributes.current.of(attributesOf(latest.current)),
          EditorView.updateListener.of(({ docChanged, state, transactions }) => {
            const isOurs = transactions.every((transaction) => transaction.annotation(fromDocument) === undefined)
            if (docChanged && isOurs) latest.current.onChange(state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    host.current.removeAttribute('data-loading')
    latest.current.onReady?.(() => {
      const { from, to } = editor.state.selection.main
      editor.focus()
      editor.dispatch({ changes: { from, to, insert: '{{ ' }, selection: { anchor: from + 3 }, userEvent: 'input' })
      startCompletion(editor)
    })
    return () => {
      editor.destroy()
      view.current = undefined
    }
  }, [lines])

  useEffect(() => {
    const editor = view.current
    if (editor) putText(editor, value)
  }, [value])

  useEffect(() => {
    view.current?.dispatch({ effects: options.current.reconfigure(markOptions.of({ names, marksUcs2 })) })
  }, [names, marksUcs2])

  useEffect(() => {
    const extension = attributesOf({ lines, placeholder, label, describedBy })
    view.current?.dispatch({ effects: attributes.current.reconfigure(extension) })
  }, [lines, placeholder, label, describedBy])

  // The editor is put in after the first picture: until then there is nothing to put the cursor into.
  return <div ref={host} data-loading />
}

/** What comes and goes while a text is typed: a problem that describes it must not cost the cursor. */
function attributesOf(props: Pick<CodeTextProps, 'lines' | 'placeholder' | 'label' | 'describedBy'>): Extension {
  const { lines, placeholder = '', label, describedBy = '' } = props
  return [
    placeholderText(placeholder),
    EditorView.contentAttributes.of({
      'aria-label': label,
      spellcheck: lines === 'many' ? 'true' : 'false',
      ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
    }),
  ]
}

function extensionsFor(lines: CodeTextProps['lines'], offered: () => readonly OfferedName[]): Extension[] {
  return [
    marks,
    EditorView.lineWrapping,
    tooltips({ position: 'fixed', parent: document.body }),
    autocompletion({ override: [nameCompletion(offered)], icons: false, activateOnTyping: true, interactionDelay: 0 }),
    keymap.of([
      { key: 'Tab', run: (editor) => completionStatus(editor.state) === 'active' && acceptCompletion(editor) },
      ...completionKeymap,
      ...(lines === 'one' ? [{ key: 'Enter', run: () => true }] : []),
      ...standardKeymap,
    ]),
    EditorView.domEventHandlers({ mousedown: pickPill, keydown: keepEscape }),
    ...(lines === 'one' ? [oneLine] : []),
  ]
}

/** What is pasted into one line becomes one line. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines === 1) return transaction
  const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ')
  const whole = { from: 0, to: transaction.startState.doc.length, insert: text }
  return [{ changes: whole, selection: { anchor: Math.min(transaction.newSelection.main.head, text.length) } }]
})

/** A pill that is clicked opens, with the other values to choose from. */
function pickPill(event: MouseEvent, editor: EditorView): boolean {
  const pill = event.target instanceof HTMLElement ? event.target.closest('.tl-cm-pill') : null
  if (!pill) return false
  const at = editor.posAtDOM(pill)
  const part = templateParts(editor.state.doc.toString()).find(({ from, to }) => from <= at && at < to)
  if (!part || simplePath(part.source) === undefined) return false
  event.preventDefault()
  editor.focus()
  const start = part.from + (/^\{\{-?\s*/.exec(part.source)?.[0].length ?? 2)
  editor.dispatch({ selection: { anchor: start } })
  startCompletion(editor)
  return true
}

/** Escape closes the list of names first; only then does it leave the field. */
function keepEscape(event: KeyboardEvent, editor: EditorView): boolean {
  if (event.key === 'Escape' && completionStatus(editor.state) !== null) event.stopPropagation()
  return false
}

/** Brings a text from elsewhere in, touching only what differs, so that the cursor stays where it can. */
function putText(editor: EditorView, value: string): void {
  const there = editor.state.doc.toString()
  if (there === value) return
  const most = Math.min(there.length, value.length)
  let start = 0
  while (start < most && there[start] === value[start]) start++
  let end = 0
  while (end < most - start && there.at(-1 - end) === value.at(-1 - end)) end++
  editor.dispatch({
    changes: { from: start, to: there.length - end, insert: value.slice(start, value.length - end) },
    annotations: fromDocument.of(true),
  })
}
