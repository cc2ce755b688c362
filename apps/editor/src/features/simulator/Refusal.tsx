import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { nodeName } from '../../document/node-reading.ts'
import { problemText } from '../../document/problem-text.ts'
import type { SimulatorStore } from './simulator-store.ts'
import { usePhone } from './use-simulator.ts'

const mostShown = 3

/** Why the flow cannot be tried as it stands, each with the way to it. */
export function Refusal({ simulator }: { simulator: SimulatorStore }) {
  const { view, registry } = useFlowEditor()
  const nodes = useFlow((flow) => flow.nodes)
  const refusal = usePhone(simulator, (state) => state.refusal)
  if (refusal.length === 0) return null
  return (
    <section className="tl-phone-banner" data-tone="warn" role="status">
      <p>
        <strong>Not ready to try.</strong> {refusal.length === 1 ? 'One thing' : `${refusal.length} things`} to mend
        first:
      </p>
      <ul>
        {refusal.slice(0, mostShown).map((issue) => {
          const { node, path, message } = issue
          const found = node === undefined ? undefined : nodes.get(node)
          return (
            <li key={`${path} ${message}`}>
              {found && node !== undefined ? (
                <button
                  type="button"
                  onClick={() => view.show(node, { path: path.replace(/^nodes\[\d+\](?:\.data\.?)?/, '') })}
                >
                  {nodeName(found, registry)}: {problemText(issue, registry.get(found.type))}
                </button>
              ) : (
                problemText(issue, undefined)
              )}
            </li>
          )
        })}
        {refusal.length > mostShown && <li>… and {refusal.length - mostShown} more</li>}
      </ul>
    </section>
  )
}
