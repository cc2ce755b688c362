import type { KeywordMode, KeywordRow } from '@textloom/interop/autoresponder'
import { changeRow } from '../model/table-edits.ts'
import { readWords } from '../model/typed-lists.ts'
import { useTable } from '../table-context.ts'
import { DraftInput } from './DraftInput.tsx'

const modes: readonly { readonly mode: KeywordMode; readonly words: string }[] = [
  { mode: 'exact', words: 'is the whole text' },
  { mode: 'only', words: 'is the only word' },
  { mode: 'first', words: 'begins the text' },
  { mode: 'any', words: 'stands anywhere' },
]

/** The keywords of a row, and where in the text they may stand. */
export function KeywordCell({ row: { id, keywords, match } }: { row: KeywordRow }) {
  const { edit, fresh } = useTable()
  return (
    <>
      <DraftInput
        label="Keywords, with commas between them"
        value={keywords.join(', ')}
        placeholder="INFO, HELP ME"
        isFresh={fresh === id}
        onType={(typed) => edit(changeRow(id, { keywords: readWords(typed) }))}
      />
      <select
        className="tl-cell tl-answer-select"
        aria-label="How the text must fit"
        value={match}
        onChange={({ currentTarget }) => edit(changeRow(id, { match: currentTarget.value as KeywordMode }))}
      >
        {modes.map(({ mode, words }) => (
          <option key={mode} value={mode}>
            {words}
          </option>
        ))}
      </select>
    </>
  )
}
