import { Button, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor, useProblems } from '../../document/hooks.tsx'
import { ApiError } from '../../shared/api/problem.ts'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import type { TestRun } from '../../worker/run-tests.ts'
import { Changes, useChanges } from './Changes.tsx'
import { ChannelChoice } from './ChannelChoice.tsx'
import { Checks } from './Checks.tsx'
import { Costs } from './Costs.tsx'
import { midFlowWords } from './model/words.ts'
import type { Done, PublishProps } from './publishing.ts'
import { type Revision, useChannels, usePublish, useRunning } from './use-publishing.ts'

interface PublishFormProps extends PublishProps {
  /** What was published last; undefined for nothing. */
  readonly latest: Revision | undefined
  onClose(): void
  onDone(done: Done): void
}

/** Everything to know before publishing, and the button. */
export function PublishForm({ worker, saving, latest, onClose, onDone }: PublishFormProps) {
  const { document } = useFlowEditor()
  const flow = useFlow(({ id }) => id)
  const problems = useProblems()
  const channels = useChannels()
  const running = useRunning(flow)
  const changes = useChanges(latest)
  const publish = usePublish(flow, saving)
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const [picked, setPicked] = useState<ReadonlySet<string>>()
  const [tests, setTests] = useState<TestRun>()

  useEffect(() => {
    let isGone = false
    const run = worker.ask.runTests(toDocument(document.getState().flow))
    void run.then((result) => !isGone && setTests(result))
    return () => {
      isGone = true
    }
  }, [worker, document])

  if (channels.isPending) return <LoadingState what="channels" />
  if (channels.isLoadingError) return <ErrorState error={channels.error} retry={() => void channels.refetch()} />
  const { items } = channels.data
  const usable = items.filter(({ enabled }) => enabled)
  const listening = items.filter(({ flows }) => flows.some((one) => one.flow === flow)).map(({ id }) => id)
  // Where there is one channel and nothing was ever published, that is the one.
  const chosen =
    picked ??
    new Set(listening.length > 0 || latest !== undefined ? listening : usable.length === 1 ? [usable[0]?.id ?? ''] : [])
  const isBlocked = problems.some(({ severity }) => severity === 'error')
  const hasFailed = tests?.kind === 'ran' && [...tests.results.values()].some(({ passed }) => !passed)
  const midFlow = running.data && midFlowWords(running.data.items, running.data.nextCursor !== null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ids = items.map(({ id }) => id).filter((id) => chosen.has(id))
    publish.mutate(
      { channels: ids, note },
      {
        onSuccess: ({ revision, channels: where }) => onDone({ revision, channels: where }),
        onError: () => void queries.invalidateQueries({ queryKey: ['channels'] }),
      },
    )
  }
  return (
    <form className="tl-publish-form" onSubmit={submit}>
      <Checks problems={problems} tests={tests} refused={refusedIssues(publish.error)} onShow={onClose} />
      <Costs worker={worker} />
      <ChannelChoice worker={worker} channels={items} flowId={flow} chosen={chosen} onChoose={setPicked} />
      {changes && latest && <Changes said={changes} since={latest.revision} />}
      {midFlow && <p className="tl-publish-mid">{midFlow}</p>}
      {changes?.length !== 0 && (
        <Textarea
          label="What is new"
          description="For the list of versions; only people here read it."
          placeholder="Shorter greeting, one more shop"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      <footer>
        {publish.isError && (
          <p className="tl-publish-error" role="alert">
            {publish.error.message}
          </p>
        )}
        <Button type="submit" size="md" fullWidth loading={publish.isPending} disabled={isBlocked}>
          {hasFailed ? 'Publish although a test fails' : chosen.size === 0 ? 'Publish without listening' : 'Publish'}
        </Button>
        {isBlocked && <p className="tl-publish-why">Mend what stands in the way first.</p>}
      </footer>
    </form>
  )
}

/** What the runtime found that the editor had not. */
function refusedIssues(error: Error | null): readonly unknown[] {
  if (!(error instanceof ApiError)) return []
  const { issues } = error.problem
  return Array.isArray(issues) ? issues : []
}
