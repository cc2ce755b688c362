import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { keywordsOf } from '@textloom/core'
import { useFlowEditor } from '../../document/hooks.tsx'
import type { EditorWorker } from '../../worker/start-worker.ts'
import { useClashes } from './use-clashes.ts'
import type { Channel } from './use-publishing.ts'

interface ChannelChoiceProps {
  readonly worker: EditorWorker
  readonly channels: readonly Channel[]
  readonly flowId: string
  readonly chosen: ReadonlySet<string>
  onChoose(chosen: ReadonlySet<string>): void
}

/** Where the flow is to listen; says who listens there too, and which texts both wait for. */
export function ChannelChoice({ worker, channels, flowId, chosen, onChoose }: ChannelChoiceProps) {
  return (
    <fieldset className="tl-publish-channels">
      <legend>Where it listens</legend>
      {channels.length === 0 && (
        <p>
          There is no channel yet: nobody can text this flow. <Link to="/channels">Add a channel</Link>
        </p>
      )}
      {channels.map((channel) => (
        <ChannelRow
          key={channel.id}
          worker={worker}
          channel={channel}
          flowId={flowId}
          isChosen={chosen.has(channel.id)}
          onToggle={() => {
            const next = new Set(chosen)
            if (!next.delete(channel.id)) next.add(channel.id)
            onChoose(next)
          }}
        />
      ))}
    </fieldset>
  )
}

interface ChannelRowProps {
  readonly worker: EditorWorker
  readonly channel: Channel
  readonly flowId: string
  readonly isChosen: boolean
  onToggle(): void
}

function ChannelRow({ worker, channel, flowId, isChosen, onToggle }: ChannelRowProps) {
  const { id, address, enabled } = channel
  const { registry } = useFlowEditor()
  const { neighbours, clashes } = useClashes(worker, channel, flowId)
  return (
    <div className="tl-publish-channel" data-chosen={isChosen || undefined}>
      <Checkbox
        checked={isChosen}
        disabled={!enabled && !isChosen}
        onChange={onToggle}
        label={
          <>
            <strong>{id}</strong> <span className="tl-publish-address">{address}</span>
          </>
        }
        description={enabled ? undefined : 'Switched off'}
      />
      {neighbours.length > 0 && (
        <ul className="tl-publish-neighbours">
          {neighbours.map(({ flow }) => (
            <li key={flow.id}>
              Also here: {flow.name} <Keywords words={keywordsOf(flow, registry)} />
            </li>
          ))}
        </ul>
      )}
      {isChosen && clashes.length > 0 && (
        <ul className="tl-publish-clashes" role="status">
          {clashes.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Keywords({ words }: { words: readonly string[] }) {
  return words.length > 0 && <span>({words.join(', ')})</span>
}
