import { IconAlertCircle, IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react'
import type { Issue } from '@textloom/core'
import { useFlow, useFlowEditor, useProblems } from '../../../document/hooks.tsx'
import { nodeName } from '../../../document/node-reading.ts'
import { problemText } from '../../../document/problem-text.ts'
import { headline } from './headline.ts'
import './problems.css'

/** Everything that is not right yet; each entry leads to its step. */
export function ProblemList({ onClose }: { onClose(): void }) {
  const problems = useProblems()
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return (
    <section className="tl-problems" aria-label="Problems">
      <header>
        <h2>{headline(errors, problems.length - errors)}</h2>
        <button type="button" onClick={onClose} aria-label="Close the problems">
          <IconX size={16} aria-hidden />
        </button>
      </header>
      {problems.length === 0 ? (
        <p className="tl-problems-none">
          <IconCircleCheck size={20} aria-hidden /> Every exit leads somewhere and every text can be read.
        </p>
      ) : (
        <ul>
          {problems.map((issue) => (
            <Problem key={`${issue.code} ${issue.path} ${issue.message}`} issue={issue} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Problem({ issue }: { issue: Issue }) {
  const { registry, view } = useFlowEditor()
  const node = useFlow(({ nodes }) => nodes.get(issue.node ?? ''))
  const isBad = issue.severity === 'error'
  const [, path] = /^nodes\[\d+\]\.data\.?(.*)$/.exec(issue.path) ?? []
  const Icon = isBad ? IconAlertCircle : IconAlertTriangle
  const words = (
    <>
      <Icon size={16} data-tone={isBad ? 'bad' : 'warn'} aria-label={isBad ? 'Error' : 'Warning'} />
      <span>
        <strong>{node ? nodeName(node, registry) : 'The flow'}</strong>
        {problemText(issue, node && registry.get(node.type))}
      </span>
    </>
  )
  if (!node) return <li className="tl-problem">{words}</li>
  return (
    <li>
      <button type="button" className="tl-problem" onClick={() => view.show(node.id, path ? { path } : {})}>
        {words}
      </button>
    </li>
  )
}
