import { useEffect, useMemo, useState } from 'react'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow } from '../../document/hooks.tsx'
import type { EditorWorker } from '../../worker/start-worker.ts'
import { type Channel, useDocuments } from './use-publishing.ts'

/** Who listens on a channel too, and which texts the open flow shares with them, each as a sentence. */
export function useClashes(worker: EditorWorker, { id, flows }: Channel, flowId: string) {
  const flow = useFlow((open) => open)
  const documents = useDocuments(flows.filter((one) => one.flow !== flowId))
  const [clashes, setClashes] = useState<readonly string[]>([])
  const neighbours = useMemo(() => {
    // Flows are in the order in which they came to the channel; a newcomer is the last.
    const own = flows.findIndex((one) => one.flow === flowId)
    return documents.flatMap((document) => {
      const place = flows.findIndex((one) => one.flow === document?.id)
      return document ? [{ flow: document, isFirst: own < 0 || place < own }] : []
    })
  }, [documents, flows, flowId])

  useEffect(() => {
    let isGone = false
    void worker.ask
      .findClashes(toDocument(flow), { channel: id, neighbours })
      .then((found) => !isGone && setClashes(found))
    return () => {
      isGone = true
    }
  }, [worker, flow, id, neighbours])

  return { neighbours, clashes }
}
