import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp, IconHistory } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { restore } from '../../document/commands/restore.ts'
import { useFlowEditor } from '../../document/hooks.tsx'
import { publishedQuery } from '../../shared/api/published.ts'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import type { Revision, useRevisions } from './use-publishing.ts'

interface RevisionsProps {
  readonly revisions: ReturnType<typeof useRevisions>
  onRestored(): void
}

/** Everything that was published, the newest first; each version can be taken into the draft again. */
export function Revisions({ revisions, onRestored }: RevisionsProps) {
  const { document } = useFlowEditor()
  const queries = useQueryClient()
  const [fetching, setFetching] = useState<number>()
  if (revisions.isPending) return <LoadingState what="versions" />
  if (revisions.isLoadingError) return <ErrorState error={revisions.error} retry={() => void revisions.refetch()} />
  const items = revisions.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={28} />} title="Never published">
        Each time this flow is published, that version is kept here and can be brought back.
      </EmptyState>
    )
  }
  const bringBack = async ({ revision }: Revision) => {
    setFetching(revision)
    const { id } = document.getState().flow
    try {
      const older = await queries.fetchQuery(publishedQuery(id, revision))
      const hasChanged = document.run({ label: `Go back to v${revision}` }, (draft) => restore(draft, older))
      notifications.show({
        message: hasChanged
          ? `v${revision} is on the canvas. Undo takes it away again; what is live stays as it is until you publish.`
          : `The canvas is as in v${revision} already.`,
      })
      onRestored()
    } catch (error) {
      notifications.show({
        color: 'red',
        title: 'That did not work',
        message: error instanceof Error ? error.message : 'This version could not be read.',
      })
    } finally {
      setFetching(undefined)
    }
  }
  return (
    <>
      <ol className="tl-revisions">
        {items.map((revision) => (
          <li key={revision.id}>
            <div>
              <strong>v{revision.revision}</strong>
              {revision.channels.map((channel) => (
                <span key={channel} className="tl-chip" data-tone="good">
                  Live on {channel}
                </span>
              ))}
            </div>
            <p className="tl-revision-when">
              <time dateTime={revision.publishedAt}>{when.format(new Date(revision.publishedAt))}</time>
              {revision.publishedBy !== null && ` by ${revision.publishedBy}`}
            </p>
            {revision.note !== null && <p className="tl-revision-note">{revision.note}</p>}
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconArrowBackUp size={15} aria-hidden />}
              loading={fetching === revision.revision}
              aria-label={`Bring back v${revision.revision}`}
              onClick={() => void bringBack(revision)}
            >
              Bring back
            </Button>
          </li>
        ))}
      </ol>
      {revisions.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          loading={revisions.isFetchingNextPage}
          onClick={() => void revisions.fetchNextPage()}
        >
          Show older versions
        </Button>
      )}
    </>
  )
}

const when = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
