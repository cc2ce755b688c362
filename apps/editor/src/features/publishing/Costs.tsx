import type { FlowCost } from '@textloom/engine'
import { useEffect, useState } from 'react'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow } from '../../document/hooks.tsx'
import type { EditorWorker } from '../../worker/start-worker.ts'
import { costWords, languageName } from './model/cost-words.ts'

/** How many texts are paid for in one conversation, on the cheapest and the dearest way, in each language. */
export function Costs({ worker }: { worker: EditorWorker }) {
  const flow = useFlow((open) => open)
  const [costs, setCosts] = useState<readonly FlowCost[]>([])

  useEffect(() => {
    let isGone = false
    void worker.ask.flowPrices(toDocument(flow)).then((found) => !isGone && setCosts(found))
    return () => {
      isGone = true
    }
  }, [worker, flow])

  if (costs.length === 0) return null
  return (
    <section className="tl-publish-costs">
      <h3>What a conversation costs</h3>
      <dl>
        {costs.map((cost) => (
          <div key={cost.language}>
            <dt>{languageName(cost.language)}</dt>
            <dd>{costWords(cost)}</dd>
          </div>
        ))}
      </dl>
      <p>From the shortest way through to the longest. A long text, or one with special letters, counts as several.</p>
    </section>
  )
}
