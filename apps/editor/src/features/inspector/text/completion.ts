import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { type FlowName, typeWords } from '../../../document/texts/flow-names.ts'
import type { NameAt } from '../../../document/texts/names-at.ts'

/** A name that completion offers. */
export type OfferedName = FlowName & Partial<Pick<NameAt, 'mayBeEmpty'>>

/** Offers behind `{{` what can have a value there, those that always have one without a mark. */
export function nameCompletion(offered: () => readonly OfferedName[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/\{\{-?\s*[\w.]*$/)
    if (!typed) return null
    const word = /[\w.]*$/.exec(typed.text)?.[0] ?? ''
    const names = offered()
    return {
      from: typed.to - word.length,
      options: names.map((name, index) => optionOf(name, typed.from, names.length - index)),
      validFor: /^[\w.]*$/,
    }
  }
}

/** Puts an output in place of what was typed of it, closing braces that stand there already included. */
function insertOutput(view: EditorView, path: string, from: number, to: number): void {
  const rest = view.state.sliceDoc(to, to + 200)
  const closing = /^[\w.]*\s*-?\}\}/.exec(rest)?.[0] ?? ''
  const insert = `{{ ${path} }}`
  view.dispatch({
    changes: { from, to: to + closing.length, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.complete',
  })
}

function optionOf(
  { path, label, group, type, sample, mayBeEmpty = false }: OfferedName,
  start: number,
  boost: number,
): Completion {
  return {
    label: path,
    displayLabel: label,
    detail: mayBeEmpty ? `${typeWords[type]}, may be empty here` : typeWords[type],
    info: `${path}, for example “${sample}”${mayBeEmpty ? emptiness : ''}`,
    section: { name: group, rank: groupOrder.indexOf(group) },
    boost: Math.min(99, boost),
    apply: (view, _completion, _from, to) => insertOutput(view, path, start, to),
  }
}

const emptiness = '. Not every way to this step gives it a value: | default: "…" says what stands in.'

const groupOrder = ['Here', 'Variables', 'Parameters', 'Answers', 'Contact', 'Reply', 'Channel']
