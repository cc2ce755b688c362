import type { CompileContext, Json, JsonObject, StateFragment, TransitionFragment } from '@textloom/core'
import { askingState, type Refusal } from '../asking.ts'
import { wordsOfOptions } from '../options.ts'
import type { Wanted } from './match.ts'
import type { AskData } from './schema.ts'

/** An exit for answers: which replies leave by it, and what they are kept as (absent: as what they say). */
interface AnswerExit {
  readonly handle: string
  readonly wanted: Wanted
  readonly kept?: { readonly value: Json; readonly category: string }
}

/** The state of a question: one transition per exit for answers, asked in order. */
export function compileAsk(data: AskData, context: CompileContext): StateFragment {
  const { variable } = data
  const exits = answerExits(data, context.variants)
  const accepted = exits.map(({ handle, wanted, kept }): TransitionFragment => {
    const value = kept?.value ?? `{{ vars.${variable} }}`
    const category = kept ? { category: kept.category } : {}
    return context.exit(handle, {
      guard: context.guard('answers', wantedJson(wanted)),
      actions: [
        context.update('keep', { variable, ...(kept ?? { wanted: wantedJson(wanted) }) }),
        context.effect({ kind: 'result', name: variable, value, ...category }),
      ],
    })
  })
  const any = wantedJson(anyOf(exits.map(({ wanted }) => wanted)))
  const told = [
    ['unreadable', data.unreadableText],
    ['tooSmall', data.tooSmallText],
    ['tooLarge', data.tooLargeText],
  ] as const
  const refused: Refusal[] = told.flatMap(([as, text]) =>
    text === undefined ? [] : [{ guard: context.guard('is-misfit', { ...any, as }), text }],
  )
  return askingState(data, { accepted, refused: [...refused, { guard: context.guard('answers-not', any) }] }, context)
}

function answerExits(data: AskData, variants: CompileContext['variants']): readonly AnswerExit[] {
  switch (data.kind) {
    case 'number': {
      const { min, max } = data
      const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
      return [{ handle: 'next', wanted: { kind: 'number', ...range } }]
    }
    case 'yes-no':
      return [
        { handle: 'yes', wanted: { kind: 'yes' }, kept: { value: true, category: 'yes' } },
        { handle: 'no', wanted: { kind: 'no' }, kept: { value: false, category: 'no' } },
      ]
    case 'choice':
      return wordsOfOptions(variants.map((variant) => (variant as AskData).choices ?? [])).map(({ id, words }) => ({
        handle: id,
        wanted: { kind: 'words', words },
        kept: { value: id, category: id },
      }))
    case 'pattern':
      return [{ handle: 'next', wanted: { kind: 'pattern', pattern: data.pattern ?? '' } }]
    default:
      return [{ handle: 'next', wanted: { kind: data.kind } }]
  }
}

/** What any of several exits wants. */
function anyOf(all: readonly Wanted[]): Wanted {
  const [first] = all
  if (first?.kind === 'yes') return { kind: 'yes-no' }
  if (first && first.kind !== 'words') return first
  return { kind: 'words', words: all.flatMap((wanted) => (wanted.kind === 'words' ? wanted.words : [])) }
}

function wantedJson(wanted: Wanted): JsonObject {
  return { ...wanted }
}
