import { useQuery } from '@tanstack/react-query'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { differences } from '../../document/saving/differences.ts'
import { documentQuery, type Revision } from './use-publishing.ts'

/** So many changes are listed; the rest is a number. */
const shown = 6

/** What differs from the version that was published last. */
export function Changes({ latest }: { latest: Revision | undefined }) {
  const { registry } = useFlowEditor()
  const flow = useFlow((mine) => mine)
  const published = useQuery({ ...documentQuery(flow.id, latest?.revision ?? 0), enabled: latest !== undefined })
  if (latest === undefined || !published.data) return null
  const said = differences(published.data, toDocument(flow), registry)
  return (
    <section className="tl-publish-changes">
      <h3>Since v{latest.revision}</h3>
      {said.length === 0 ? (
        <p>Nothing has changed: publishing only changes where it listens.</p>
      ) : (
        <ul>
          {said.slice(0, shown).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {said.length > shown && <li>and {said.length - shown} more</li>}
        </ul>
      )}
    </section>
  )
}
