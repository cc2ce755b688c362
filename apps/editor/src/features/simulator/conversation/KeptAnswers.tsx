import { IconPlugConnected } from '@tabler/icons-react'
import { useFlow, useFlowEditor } from '../../../document/hooks.tsx'
import { nodeName } from '../../../document/node-reading.ts'
import { answerSentence } from '../model/sentences.ts'
import type { SimulatorStore } from '../simulator-store.ts'
import { usePhone } from '../use-simulator.ts'

/** Steps whose requests are answered without asking, with the way to be asked again. */
export function KeptAnswers({ simulator }: { simulator: SimulatorStore }) {
  const { registry } = useFlowEditor()
  const stubs = usePhone(simulator, (state) => state.stubs)
  const nodes = useFlow((flow) => flow.nodes)
  const kept = [...stubs].flatMap(([id, stub]) => {
    const node = nodes.get(id)
    const [flow, step] = id.split('/')
    if (step !== undefined) return [{ id, stub, name: `${step} of the flow ${flow}` }]
    return node ? [{ id, stub, name: nodeName(node, registry) }] : []
  })
  if (kept.length === 0) return null
  return (
    <ul className="tl-kept" aria-label="Web services answered without asking">
      {kept.map(({ id, stub, name }) => (
        <li key={id}>
          <IconPlugConnected size={14} aria-hidden />
          <span title={name}>{stub === 'live' ? 'The real server is asked.' : answerSentence(stub)}</span>
          <button type="button" onClick={() => simulator.forgetStub(id)} aria-label={`Ask again for ${name}`}>
            Ask me again
          </button>
        </li>
      ))}
    </ul>
  )
}
