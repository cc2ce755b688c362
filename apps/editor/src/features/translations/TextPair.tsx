import { memo, useDeferredValue, useMemo } from 'react'
import type { FlowName } from '../../document/texts/flow-names.ts'
import { summariseSegments } from '../../document/texts/segment-summary.ts'
import { languageName } from '../../shared/words/language-name.ts'
import { leftOut } from './model/left-out.ts'
import { isMissing, type TextRow } from './model/translation-rows.ts'

interface TextPairProps {
  readonly row: TextRow
  /** Says which step it is; the texts after it are of the same. */
  readonly isFirstOfStep: boolean
  readonly translation: string
  readonly language: string
  readonly names: readonly FlowName[]
  readonly isReadOnly: boolean
  readonly onChange: (key: string, text: string) => void
  readonly onShow: (node: string) => void
}

/** One text, and its translation to be typed beside it. */
export const TextPair = memo(function TextPair(props: TextPairProps) {
  const { row, isFirstOfStep, translation, language, names, isReadOnly, onChange, onShow } = props
  const { key, node, step, place, text, use } = row
  const isOpen = isMissing(row, { [key]: translation })
  const gone = useMemo(() => (translation === '' ? [] : leftOut(text, translation)), [text, translation])
  return (
    <li className="tl-text-pair" data-missing={isOpen || undefined}>
      {isFirstOfStep && (
        <button type="button" className="tl-text-step" onClick={() => onShow(node)}>
          {step}
        </button>
      )}
      <div className="tl-text-own">
        <span className="tl-text-place">{place}</span>
        <p>{text}</p>
        {use === 'message' && <Cost text={text} names={names} />}
      </div>
      <div className="tl-text-other">
        <textarea
          className="tl-cell"
          aria-label={`${place} of ${step} in ${languageName(language)}`}
          lang={language}
          dir="auto"
          rows={1}
          maxLength={10_000}
          readOnly={isReadOnly}
          data-missing={isOpen || undefined}
          placeholder={isList(row) ? 'Words, with commas between them' : isOpen ? 'Missing' : text}
          value={translation}
          onChange={({ currentTarget }) => onChange(key, currentTarget.value)}
        />
        {use === 'message' && translation !== '' && <Cost text={translation} names={names} />}
        {gone.length > 0 && <span className="tl-text-gone">Leaves out {gone.join(', ')}</span>}
      </div>
    </li>
  )
})

/** Keywords and synonyms are many; the label of an option is one. */
function isList({ use, path }: TextRow): boolean {
  return use === 'words' && !path.endsWith('label')
}

function Cost({ text, names }: { text: string; names: readonly FlowName[] }) {
  const counted = useDeferredValue(text)
  const { info, isAtMost } = useMemo(() => summariseSegments(counted, names), [counted, names])
  return (
    <span className="tl-text-cost">
      {isAtMost && 'at most '}
      {info.segments === 1 ? '1 segment' : `${info.segments} segments`}
      {info.encoding === 'ucs2' && ', Unicode'}
    </span>
  )
}
