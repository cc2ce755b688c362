import { IconAlertCircle, IconAlertTriangle, IconChevronRight, IconCircleCheck } from '@tabler/icons-react'
import type { Issue } from '@textloom/core'
import type { ReactNode } from 'react'
import { Difference } from '../../document/Difference.tsx'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { nodeName } from '../../document/node-reading.ts'
import { problemText } from '../../document/problem-text.ts'
import type { TestRun } from '../../worker/run-tests.ts'
import { checkWords, refusals, testWords } from './model/checks.ts'

interface ChecksProps {
  readonly problems: readonly Issue[]
  /** Undefined while they run. */
  readonly tests: TestRun | undefined
  /** What the runtime refused at the last attempt. */
  readonly refused: readonly unknown[]
  /** Called when a problem was followed to its step. */
  onShow(): void
}

/** Whether the flow is ready: its problems, each leading to its step, and its saved tests. */
export function Checks({ problems, tests, refused, onShow }: ChecksProps) {
  const known = new Set(problems.map(({ message }) => message))
  const all = [...problems, ...refusals(refused).filter(({ message }) => !known.has(message))]
  const errors = all.filter(({ severity }) => severity === 'error')
  const warnings = all.filter(({ severity }) => severity === 'warning')
  const tested = testWords(tests)
  return (
    <section className="tl-publish-checks" aria-label="Checks">
      <Line tone={errors.length > 0 ? 'bad' : 'good'}>{checkWords(errors.length)}</Line>
      {errors.length > 0 && <Problems issues={errors} onShow={onShow} />}
      {warnings.length > 0 && (
        <details>
          <summary>
            <IconAlertTriangle size={17} aria-hidden />
            {warnings.length === 1 ? '1 thing worth a look' : `${warnings.length} things worth a look`}
          </summary>
          <Problems issues={warnings} onShow={onShow} />
        </details>
      )}
      {tested && (
        <Line tone={tested.tone}>
          {tested.says}
          {tested.failed.length > 0 && (
            <ul className="tl-publish-failed">
              {tested.failed.map(({ name, failure }) => (
                <li key={name}>
                  <strong>{name}</strong>
                  <Difference failure={failure} />
                </li>
              ))}
            </ul>
          )}
        </Line>
      )}
    </section>
  )
}

function Line({ tone, children }: { tone: 'good' | 'bad' | 'warn' | 'quiet'; children: ReactNode }) {
  const Icon = tone === 'good' ? IconCircleCheck : tone === 'bad' ? IconAlertCircle : IconAlertTriangle
  return (
    <div className="tl-publish-line" data-tone={tone} role="status">
      <Icon size={18} aria-hidden />
      <div>{children}</div>
    </div>
  )
}

function Problems({ issues, onShow }: { issues: readonly Issue[]; onShow(): void }) {
  return (
    <ul className="tl-publish-problems">
      {issues.map((issue) => (
        <Problem key={`${issue.code} ${issue.path} ${issue.message}`} issue={issue} onShow={onShow} />
      ))}
    </ul>
  )
}

function Problem({ issue, onShow }: { issue: Issue; onShow(): void }) {
  const { registry, view } = useFlowEditor()
  const node = useFlow(({ nodes }) => nodes.get(issue.node ?? ''))
  const [, path] = /^nodes\[\d+\]\.data\.?(.*)$/.exec(issue.path) ?? []
  const words = (
    <span>
      <strong>{node ? nodeName(node, registry) : 'The flow'}</strong>
      {problemText(issue, node && registry.get(node.type))}
    </span>
  )
  if (!node) return <li className="tl-publish-problem">{words}</li>
  return (
    <li>
      <button
        type="button"
        className="tl-publish-problem"
        onClick={() => {
          onShow()
          view.show(node.id, path ? { path } : {})
        }}
      >
        {words}
        <IconChevronRight size={16} aria-hidden />
      </button>
    </li>
  )
}
