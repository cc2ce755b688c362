import { type RuleRow, type TextOperator, textOperators } from '@textloom/interop/autoresponder'
import { changeRow } from '../model/table-edits.ts'
import { readSenders } from '../model/typed-lists.ts'
import { useTable } from '../table-context.ts'
import { DraftInput } from './DraftInput.tsx'

const operators: Readonly<Record<TextOperator, { readonly words: string; readonly example: string }>> = {
  'any-word': { words: 'The text has one of the words', example: 'price cost fee' },
  phrase: { words: 'The text has the phrase', example: 'opening hours' },
  contains: { words: 'The text contains', example: '@example' },
  'starts-with': { words: 'The text begins with', example: 'order' },
  equals: { words: 'The text is', example: 'thanks' },
  matches: { words: 'The text matches the pattern', example: '[A-Z]{2}\\d{4}' },
}

/** What a text without a keyword must be like, or who must have sent it. */
export function RuleCell({ row: { id, when } }: { row: RuleRow }) {
  const { edit, fresh } = useTable()
  const change = (next: RuleRow['when']) => edit(changeRow(id, { when: next }))
  const choose = (value: string) => {
    if (value === 'sender') return change({ kind: 'sender', senders: [''] })
    change({ kind: 'text', op: value as TextOperator, text: when.kind === 'text' ? when.text : '' })
  }
  return (
    <>
      <select
        className="tl-cell tl-answer-select"
        aria-label="What decides"
        value={when.kind === 'sender' ? 'sender' : when.op}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {textOperators.map((op) => (
          <option key={op} value={op}>
            {operators[op].words}
          </option>
        ))}
        <option value="sender">The sender is</option>
      </select>
      {when.kind === 'text' ? (
        <DraftInput
          key={when.op}
          label={operators[when.op].words}
          value={when.text}
          placeholder={operators[when.op].example}
          isFresh={fresh === id}
          onType={(text) => change({ ...when, text })}
        />
      ) : (
        <DraftInput
          key="sender"
          label="Numbers of senders, with commas between them; a star stands for any end"
          value={when.senders.filter((sender) => sender !== '').join(', ')}
          placeholder="+36201234567, +4420*"
          inputMode="tel"
          onType={(typed) => {
            const senders = readSenders(typed)
            // A row without a number would be no row: it waits for one.
            change({ kind: 'sender', senders: senders.length === 0 ? [''] : senders })
          }}
        />
      )}
    </>
  )
}
