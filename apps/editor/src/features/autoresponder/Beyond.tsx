import { IconRoute } from '@tabler/icons-react'
import type { BeyondTable } from '@textloom/interop/autoresponder'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { nodeName } from '../../document/node-reading.ts'

/** So many reasons are listed; the rest is a number. */
const shown = 5

/** Why the flow cannot be changed as a table, and the way to each step that says so. */
export function Beyond({ beyond, onShow }: { beyond: readonly BeyondTable[]; onShow: (node: string) => void }) {
  const { registry } = useFlowEditor()
  const nodes = useFlow((flow) => flow.nodes)
  return (
    <div className="tl-answers-beyond" role="status">
      <IconRoute size={20} aria-hidden />
      <div>
        <strong>This flow is more than a table of replies, so it is changed on the canvas.</strong>
        <p>What the table can show of it stands below. It can be changed here again once these are gone:</p>
        <ul>
          {beyond.slice(0, shown).map(({ node, why }) => {
            const there = nodes.get(node)
            return (
              <li key={`${node} ${why}`}>
                {why}{' '}
                {there && (
                  <button type="button" onClick={() => onShow(node)}>
                    Show {nodeName(there, registry)}
                  </button>
                )}
              </li>
            )
          })}
          {beyond.length > shown && <li>and {beyond.length - shown} more</li>}
        </ul>
      </div>
    </div>
  )
}
