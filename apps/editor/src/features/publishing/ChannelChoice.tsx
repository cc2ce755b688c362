import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { toDocument } from '../../document/flow-state.ts'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { clashWords, keywordClashes, keywordsOf } from './model/keyword-clashes.ts'
import { type Channel, useDocuments } from './use-publishing.ts'

interface ChannelChoiceProps {
  readonly channels: readonly Channel[]
  readonly flowId: string
  readonly chosen: ReadonlySet<string>
  onChoose(chosen: ReadonlySet<string>): void
}

/** Where the flow is to listen; says who listens there too, and which texts both wait for. */
export function ChannelChoice({ channels, flowId, chosen, onChoose }: ChannelChoiceProps) {
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
  readonly channel: Channel
  readonly flowId: string
  readonly isChosen: boolean
  onToggle(): void
}

function ChannelRow({ channel, flowId, isChosen, onToggle }: ChannelRowProps) {
  const { id, address, enabled, flows } = channel
  const { registry } = useFlowEditor()
  const mine = useFlow((flow) => flow)
  const others = flows.filter(({ flow }) => flow !== flowId)
  const documents = useDocuments(others)
  const ownPlace = flows.findIndex(({ flow }) => flow === flowId)
  const neighbours = others.flatMap((other, index) => {
    const flow = documents[index]
    // Flows are in the order in which they came to the channel; a newcomer is the last.
    return flow ? [{ flow, isFirst: ownPlace < 0 || flows.indexOf(other) < ownPlace }] : []
  })
  const clashes = isChosen ? keywordClashes(toDocument(mine), neighbours, registry) : []
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
              Also here: {flow.name}
              {keywordsOf(flow).length > 0 && <span> ({keywordsOf(flow).join(', ')})</span>}
            </li>
          ))}
        </ul>
      )}
      {clashes.length > 0 && (
        <ul className="tl-publish-clashes" role="status">
          {clashes.map((clash) => (
            <li key={`${clash.keyword} ${clash.other}`}>{clashWords(clash)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
