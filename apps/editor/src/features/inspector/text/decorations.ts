import { type EditorState, type Extension, Facet, type Range, RangeSet, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import { type FlowName, nameLabel } from '../../../document/texts/flow-names.ts'
import { summariseSegments, visible } from '../../../document/texts/segment-summary.ts'
import { simplePath, templateParts } from '../../../document/texts/template-parts.ts'

/** What the marks of a text go by. */
export interface MarkOptions {
  readonly names: readonly FlowName[]
  /** Marks characters that make the text Unicode. */
  readonly marksUcs2: boolean
}

/** Hands the options in; the last one counts. */
export const markOptions = Facet.define<MarkOptions, MarkOptions>({
  combine: (values) => values.at(-1) ?? { names: [], marksUcs2: false },
})

/** Shows outputs as pills, tags as code, and what makes a text Unicode. */
export const marks: Extension = [
  StateField.define<DecorationSet>({
    create: decorationsOf,
    update: (_before, transaction) => decorationsOf(transaction.state),
    provide: (field) => [
      EditorView.decorations.from(field),
      // Pills are passed over and deleted as a whole.
      EditorView.atomicRanges.of((view) =>
        view.state.field(field).update({ filter: (_from, _to, { spec }) => spec.widget !== undefined }),
      ),
    ],
  }),
]

function decorationsOf(state: EditorState): DecorationSet {
  const { names, marksUcs2 } = state.facet(markOptions)
  const template = state.doc.toString()
  return RangeSet.of([...outputMarks(template, names, state), ...(marksUcs2 ? ucs2Marks(template) : [])], true)
}

function outputMarks(template: string, names: readonly FlowName[], state: EditorState): Range<Decoration>[] {
  return templateParts(template).flatMap(({ kind, source, from, to }) => {
    if (kind === 'text') return []
    const path = kind === 'output' ? simplePath(source) : undefined
    const { head } = state.selection.main
    const isBeingWritten = head > from && head < to
    if (path === undefined || isBeingWritten) {
      return [Decoration.mark({ class: kind === 'tag' ? 'tl-cm-tag' : 'tl-cm-output' }).range(from, to)]
    }
    const isKnown = names.some((name) => name.path === path)
    return [Decoration.replace({ widget: new Pill(nameLabel(path, names), path, isKnown) }).range(from, to)]
  })
}

function ucs2Marks(template: string): Range<Decoration>[] {
  return summariseSegments(template, []).causes.map(({ character, index, replacement }) => {
    const name = visible(character)
    const title =
      replacement === undefined
        ? `${name} makes this a Unicode message.`
        : `${name} makes this a Unicode message; ${replacement === '' ? 'it can be left out' : `plainly it is ${replacement}`}.`
    const isUnseen = name !== character
    return Decoration.mark({
      class: isUnseen ? 'tl-cm-ucs2 tl-cm-unseen' : 'tl-cm-ucs2',
      attributes: { title, 'data-shown': isUnseen ? '·' : '' },
    }).range(index, index + character.length)
  })
}

class Pill extends WidgetType {
  readonly #label: string
  readonly #path: string
  readonly #isKnown: boolean

  constructor(label: string, path: string, isKnown: boolean) {
    super()
    this.#label = label
    this.#path = path
    this.#isKnown = isKnown
  }

  override eq(other: WidgetType): boolean {
    return other instanceof Pill && other.key === this.key
  }

  get key(): string {
    return `${this.#isKnown} ${this.#label} ${this.#path}`
  }

  override toDOM(): HTMLElement {
    const pill = document.createElement('span')
    pill.className = 'tl-cm-pill'
    pill.textContent = this.#label
    pill.title = this.#isKnown ? this.#path : `The flow has nothing called ${this.#path}.`
    if (!this.#isKnown) pill.dataset.unknown = ''
    return pill
  }

  override ignoreEvent(): boolean {
    return false
  }
}
