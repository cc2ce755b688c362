import { Button } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { Link as RouteLink } from '@tanstack/react-router'
import { ChangeMenu } from './ChangeMenu.tsx'
import { linksOf } from './model/channel-draft.ts'
import { orderWords, stateWords } from './model/link-words.ts'
import type { Channel, Link } from './use-channels.ts'

interface ChannelCardProps {
  readonly channel: Channel
  /** Undefined for whoever may not see them. */
  readonly links: readonly Link[] | undefined
  /** What people call the flow of an id. */
  nameOf(flow: string): string
  readonly canChange: boolean
  readonly canSend: boolean
  onEdit(): void
  onRemove(): void
  onTest(): void
}

/** One address that people text: how it is reached, how fast it may send, and who listens. */
export function ChannelCard({
  channel,
  links,
  nameOf,
  canChange,
  canSend,
  onEdit,
  onRemove,
  onTest,
}: ChannelCardProps) {
  const { id, address, enabled, source, flows, messagesPerSecond, dailyQuota, country, languages } = channel
  const reachedBy = linksOf(channel.link)
  const chip = channelState(
    enabled,
    links?.filter((link) => reachedBy.includes(link.id)),
  )
  const facts = [
    ['Reached by', orderWords(reachedBy)],
    ['Speed', messagesPerSecond === undefined ? 'as fast as its links take' : `${messagesPerSecond} segments a second`],
    ...(dailyQuota === undefined ? [] : [['At most', `${dailyQuota.toLocaleString('en')} segments a day`] as const]),
    ...(country === undefined ? [] : [['Country', country] as const]),
    ...(languages === undefined ? [] : [['Languages', languages.join(', ')] as const]),
  ] as const
  return (
    <li className="tl-paper tl-channel-card">
      <header>
        <div>
          <strong className="tl-channel-address">{address}</strong>
          <span className="tl-channel-id">{id}</span>
        </div>
        {chip && (
          <span className="tl-chip" data-tone={chip.tone}>
            {chip.says}
          </span>
        )}
      </header>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="tl-channel-flows">
        {flows.length === 0 ? (
          <span>No flow listens here.</span>
        ) : (
          flows.map(({ flow, revision }) => (
            <RouteLink key={flow} to="/flows/$flowId" params={{ flowId: flow }} className="tl-chip">
              {nameOf(flow)} <small>v{revision}</small>
            </RouteLink>
          ))
        )}
      </div>
      <footer>
        {source === 'config' && <span className="tl-declared">Set in the configuration file; change it there.</span>}
        {canSend && enabled && (
          <Button size="compact-sm" variant="default" leftSection={<IconSend size={15} aria-hidden />} onClick={onTest}>
            Send a test
          </Button>
        )}
        {canChange && source === 'api' && <ChangeMenu of={`the channel ${id}`} onEdit={onEdit} onRemove={onRemove} />}
      </footer>
    </li>
  )
}

/** A channel is as well as the best of its links. */
function channelState(isEnabled: boolean, links: readonly Link[] | undefined) {
  if (!isEnabled) return { says: 'Switched off', tone: 'quiet' }
  if (!links) return undefined
  const states = links.map((link) => stateWords(link.state, link.enabled, link.kind))
  if (states.some(({ tone }) => tone === 'good')) {
    const isShort = states.some(({ tone }) => tone !== 'good')
    return isShort ? { says: 'Works, one link is down', tone: 'warn' } : { says: 'Works', tone: 'good' }
  }
  return { says: 'Cannot be reached', tone: 'bad' }
}
