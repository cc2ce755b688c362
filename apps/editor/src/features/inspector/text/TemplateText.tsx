import { lazy, Suspense } from 'react'
import type { CodeTextProps } from './CodeText.tsx'
import './code-theme.css'

const loadCodeText = () => import('./CodeText.tsx')
const CodeText = lazy(loadCodeText)

/** Fetches the text editor before it is needed. */
export function preloadTemplateText(): void {
  void loadCodeText()
}

/** A text with variables. Until its editor is there the text is shown in its place. */
export function TemplateText({ isBad = false, ...props }: CodeTextProps & { readonly isBad?: boolean }) {
  return (
    <div className="tl-text" data-lines={props.lines} data-bad={isBad || undefined}>
      <Suspense
        fallback={
          <div className="tl-text-wait" data-loading>
            {props.value || props.placeholder}
          </div>
        }
      >
        <CodeText {...props} />
      </Suspense>
    </div>
  )
}
