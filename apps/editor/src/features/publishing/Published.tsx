import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { keywordsOf } from '@textloom/core'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { publishedWords } from './model/words.ts'
import type { Done } from './publishing.ts'
import { useChannels } from './use-publishing.ts'

/** It worked: where the flow listens now, and what to text to see it. */
export function Published({ done: { revision, channels }, onClose }: { done: Done; onClose(): void }) {
  const flow = useFlow((open) => open)
  const { registry } = useFlowEditor()
  const [keyword] = keywordsOf(toDocument(flow), registry)
  const channel = useChannels().data?.items.find(({ id }) => id === channels[0])
  // Where others listen too, the keyword may be theirs.
  const address = channel?.flows.every((one) => one.flow === flow.id) ? channel.address : undefined
  return (
    <section className="tl-published" role="status">
      <IconCircleCheck size={44} stroke={1.5} aria-hidden />
      <h2>{publishedWords(revision, channels)}</h2>
      {address !== undefined && (
        <p>
          {keyword === undefined ? (
            'Text anything'
          ) : (
            <>
              Text <strong>{keyword}</strong>
            </>
          )}{' '}
          to <strong>{address}</strong> to see it.
        </p>
      )}
      {channels.length === 0 && <p>Pick a channel under Publish when it is to begin.</p>}
      <Button variant="default" onClick={onClose} data-autofocus>
        Back to the flow
      </Button>
    </section>
  )
}
