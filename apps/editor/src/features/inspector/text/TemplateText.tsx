import { lazy, Suspense } from 'react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { loadPart } from '../../../shared/parts/load-part.ts'
import { useForm } from '../form-context.ts'
import type { CodeTextProps } from './CodeText.tsx'
import './code-theme.css'

const loadCodeText = () => loadPart(() => import('./CodeText.tsx'))
const CodeText = lazy(loadCodeText)

/** Fetches the text editor before it is needed. */
export function preloadTemplateText(): void {
  loadCodeText().catch(() => undefined)
}

/** A text with variables. Until its editor is there the text is shown in its place. */
export function TemplateText(props: Omit<CodeTextProps, 'isReadOnly' | 'offered'> & { readonly isBad?: boolean }) {
  const { isBad = false, ...others } = props
  const { isReadOnly } = useFlowEditor()
  const { namesHere } = useForm()
  const { names } = props
  const offered = () => (namesHere ? [...names.filter(({ group }) => group === 'Here'), ...namesHere()] : names)
  return (
    <div className="tl-text" data-lines={props.lines} data-bad={isBad || undefined}>
      <Suspense
        fallback={
          <div className="tl-text-wait" data-loading>
            {props.value || props.placeholder}
          </div>
        }
      >
        <CodeText {...others} offered={offered} isReadOnly={isReadOnly} />
      </Suspense>
    </div>
  )
}
