import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { type FlowName, typeWords } from '../../../document/texts/flow-names.ts'

/** Offers every value of the flow behind `{{`. */
export function nameCompletion(names: () => readonly FlowName[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/\{\{-?\s*[\w.]*$/)
    if (!typed) return null
    const word = /[\w.]*$/.exec(typed.text)?.[0] ?? ''
    return {
      from: typed.to - word.length,
      options: names().map((name, index) => optionOf(name, typed.from, names().length - index)),
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

function optionOf({ path, label, group, type, sample }: FlowName, start: number, boost: number): Completion {
  return {
    label: path,
    displayLabel: label,
    detail: typeWords[type],
    info: `${path}, for example “${sample}”`,
    section: { name: group, rank: groupOrder.indexOf(group) },
    boost: Math.min(99, boost),
    apply: (view, _completion, _from, to) => insertOutput(view, path, start, to),
  }
}

const groupOrder = ['Here', 'Variables', 'Parameters', 'Answers', 'Contact', 'Reply', 'Channel']
