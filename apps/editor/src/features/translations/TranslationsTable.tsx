import { Switch } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { type FlowName, flowNames } from '../../document/texts/flow-names.ts'
import { undoActions } from '../../document/undo-actions.ts'
import { useActions } from '../../shared/actions/use-actions.ts'
import { KeyCaps } from '../../shared/ui/key-caps.tsx'
import { EmptyState } from '../../shared/ui/states.tsx'
import '../../shared/ui/page.css'
import '../../shared/ui/table-view.css'
import '../../shared/ui/unseen.css'
import { languageName } from '../../shared/words/language-name.ts'
import { Languages } from './Languages.tsx'
import { isMissing, type TextRow, type Texts, textRows } from './model/translation-rows.ts'
import { TextPair } from './TextPair.tsx'
import './translations.css'

const none: Texts = {}

/** The texts of the open flow beside those of another language. `onShow` leads to a step on the canvas. */
export function TranslationsTable({ onShow }: { readonly onShow: (node: string) => void }) {
  const { document, registry, isReadOnly } = useFlowEditor()
  const flow = useFlow((state) => state)
  const { nodes, nodeOrder, languages, translations = {} } = flow
  const rows = useMemo(() => textRows({ nodes, nodeOrder }, registry), [nodes, nodeOrder, registry])
  const others = languages.others ?? []
  const [wanted, setWanted] = useState<string>()
  const language = wanted !== undefined && others.includes(wanted) ? wanted : others[0]
  useActions(useMemo(() => (isReadOnly ? [] : undoActions(document)), [document, isReadOnly]))
  return (
    <section className="tl-table-view" aria-label="Translations" data-undo="document">
      <div className="tl-table-sheet">
        <Languages rows={rows} chosen={language} onChoose={setWanted} />
        {language === undefined ? (
          <EmptyState icon={<IconLanguage size={28} />} title={`This flow speaks ${languageName(languages.base)} only`}>
            Add a language to say the same in it. Whoever speaks it gets its texts; everybody else gets those of today.
          </EmptyState>
        ) : (
          <Pairs
            key={language}
            rows={rows}
            language={language}
            texts={translations[language] ?? none}
            onShow={onShow}
          />
        )}
      </div>
    </section>
  )
}

interface PairsProps {
  readonly rows: readonly TextRow[]
  readonly language: string
  readonly texts: Texts
  readonly onShow: (node: string) => void
}

function Pairs({ rows, language, texts, onShow }: PairsProps) {
  const { commands, isReadOnly } = useFlowEditor()
  const [isMissingOnly, setMissingOnly] = useState(false)
  /** What was typed into stays in sight, although it is no longer missing. */
  const touched = useRef(new Set<string>())
  const list = useRef<HTMLOListElement>(null)
  const names = useNames()
  const base = useFlow((state) => state.languages.base)
  const shown = isMissingOnly ? rows.filter((row) => touched.current.has(row.key) || isMissing(row, texts)) : rows
  const change = useMemo(
    () => (key: string, text: string) => {
      touched.current.add(key)
      commands.setTranslation(language, key, text)
    },
    [commands, language],
  )
  return (
    <>
      <div className="tl-texts-tools">
        <Switch
          label="Missing only"
          checked={isMissingOnly}
          onChange={({ currentTarget: { checked } }) => {
            touched.current.clear()
            setMissingOnly(checked)
          }}
        />
        {!isReadOnly && (
          <p className="tl-texts-keys">
            <KeyCaps keys="mod+enter" /> next missing text
          </p>
        )}
      </div>
      <div className="tl-texts-head" aria-hidden>
        <span>{languageName(base)}</span>
        <span>{languageName(language)}</span>
      </div>
      <ol ref={list} className="tl-texts-list" onKeyDown={(event) => walk(event, list.current)}>
        {shown.map((row, index) => (
          <TextPair
            key={row.key}
            row={row}
            isFirstOfStep={shown[index - 1]?.node !== row.node}
            translation={texts[row.key] ?? ''}
            language={language}
            names={names}
            isReadOnly={isReadOnly}
            onChange={change}
            onShow={onShow}
          />
        ))}
      </ol>
      {shown.length === 0 && (
        <p className="tl-texts-done">
          {rows.length === 0 ? 'There are no texts yet.' : `Everything is in ${languageName(language)}.`}
        </p>
      )}
    </>
  )
}

/** What texts can show, for counting; typing a translation changes none of it. */
function useNames(): readonly FlowName[] {
  const { registry } = useFlowEditor()
  const nodes = useFlow((state) => state.nodes)
  const variables = useFlow((state) => state.variables)
  const params = useFlow((state) => state.params)
  const base = useFlow((state) => state.languages.base)
  return useMemo(
    () =>
      flowNames({ nodes, languages: { base }, ...(variables && { variables }), ...(params && { params }) }, registry),
    [nodes, variables, params, base, registry],
  )
}

/** Ctrl+Enter goes to the next text that is missing, Alt and an arrow to the text above or below. */
function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  const { key, ctrlKey, metaKey, altKey, target } = event
  const fields = [...(list?.querySelectorAll<HTMLTextAreaElement>('textarea') ?? [])]
  const at = fields.indexOf(target as HTMLTextAreaElement)
  if (at < 0) return
  const isNext = key === 'Enter' && (ctrlKey || metaKey)
  const by = altKey && key === 'ArrowDown' ? 1 : altKey && key === 'ArrowUp' ? -1 : 0
  if (!isNext && by === 0) return
  event.preventDefault()
  const missing = [...fields.slice(at + 1), ...fields.slice(0, at)].find(({ dataset }) => dataset.missing !== undefined)
  const next = isNext ? missing : fields[at + by]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
