import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { differences } from '../../document/saving/differences.ts'
import { publishedQuery } from '../../shared/api/published.ts'
import type { Revision } from './use-publishing.ts'

/** So many changes are listed; the rest is a number. */
const shown = 6

/** What differs from the version that was published last, in sentences; undefined where there is none, or not yet. */
export function useChanges(latest: Revision | undefined): readonly string[] | undefined {
  const { registry } = useFlowEditor()
  const flow = useFlow((mine) => mine)
  const published = useQuery({ ...publishedQuery(flow.id, latest?.revision ?? 0), enabled: latest !== undefined })
  return useMemo(
    () => published.data && differences(published.data, toDocument(flow), registry),
    [published.data, flow, registry],
  )
}

/** Lists what differs from a version. */
export function Changes({ said, since }: { said: readonly string[]; since: number }) {
  return (
    <section className="tl-publish-changes">
      <h3>Since v{since}</h3>
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
