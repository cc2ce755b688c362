import { TextInput } from '@mantine/core'
import { IconCheck, IconWand, IconX } from '@tabler/icons-react'
import type { FlowNode } from '@textloom/core'
import { type ReactNode, useMemo, useState } from 'react'
import { useFlow } from '../../../document/hooks.tsx'
import './keyword-preview.css'
import { examplesOf, keywordData, type Trial, tryText } from './try-keyword.ts'

/** Which texts would start the flow and which would not, while the keywords are typed; any text can be tried. */
export function KeywordPreview({ node }: { node: FlowNode }) {
  const translations = useFlow((flow) => flow.translations)
  const data = useMemo(() => keywordData(node.data, node.id, translations), [node, translations])
  const samples = useMemo(() => examplesOf(data), [data])
  const [text, setText] = useState('')
  if (data.keywords.length === 0) return null
  const trial = text.trim() === '' ? undefined : tryText(data, text)
  return (
    <section className="tl-keyword" aria-label="What starts the flow">
      <TextInput
        label="Try a text"
        size="xs"
        placeholder="What somebody might send"
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        // It is tried, not kept: undo is the field's own here.
        onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.stopPropagation()}
      />
      <p className="tl-keyword-trial" role="status" data-fits={trial}>
        {trial !== undefined && (
          <>
            {faces[trial]} {verdicts[trial]}
          </>
        )}
      </p>
      <ul aria-label="Examples">
        {samples.map(({ text: sample, fits }) => (
          <li key={sample} data-fits={fits}>
            {faces[fits]}
            <span>{sample}</span>
            <span className="tl-unseen">{verdicts[fits]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const faces: Readonly<Record<Trial, ReactNode>> = {
  yes: <IconCheck size={14} aria-hidden />,
  typo: <IconWand size={14} aria-hidden />,
  no: <IconX size={14} aria-hidden />,
  'if-forgiven': <IconX size={14} aria-hidden />,
}

const verdicts: Readonly<Record<Trial, string>> = {
  yes: 'Starts the flow.',
  typo: 'Starts the flow: the slip is forgiven.',
  no: 'Does not start the flow.',
  'if-forgiven': 'Does not start the flow, but would if typing errors were forgiven.',
}
