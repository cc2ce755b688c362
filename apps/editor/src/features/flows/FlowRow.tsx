import { ActionIcon, Menu } from '@mantine/core'
import { IconArchive, IconCopy, IconDots, IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { ago } from '../../shared/words/ago.ts'
import type { FlowItem } from './use-flows.ts'

interface FlowRowProps {
  readonly flow: FlowItem
  readonly nowMs: number
  readonly mayChange: boolean
  onDuplicate(flow: FlowItem): void
  onArchive(flow: FlowItem): void
}

/** One flow of the list: its name, where it listens, when it was changed, and what can be done with it. */
export function FlowRow({ flow, nowMs, mayChange, onDuplicate, onArchive }: FlowRowProps) {
  const { id, name, published, source, updatedAt, updatedBy, archivedAt, hasChanges, sessions } = flow
  return (
    <li className="tl-flow-row">
      <Link to="/flows/$flowId" params={{ flowId: id }} className="tl-flow-link">
        <span className="tl-flow-title">{name}</span>
        <span className="tl-flow-sub">
          changed {ago(Date.parse(updatedAt), nowMs)}
          {updatedBy !== null && ` by ${updatedBy}`}
          {source === 'config' && ' · from the configuration file'}
        </span>
      </Link>
      {sessions > 0 && (
        <Link to="/sessions" search={{ flow: id, state: 'active' }} className="tl-flow-now">
          <span aria-hidden /> {sessions.toLocaleString('en')} {sessions === 1 ? 'conversation' : 'conversations'} now
        </Link>
      )}
      <span className="tl-flow-state">
        {published.length > 0 && hasChanges && (
          <span className="tl-chip" data-tone="warn">
            Changed since
          </span>
        )}
        {published.length === 0 ? (
          <span className="tl-chip">{stateOf(flow)}</span>
        ) : (
          published.map(({ channel, revision }) => (
            <span key={channel} className="tl-chip" data-tone="good">
              Live on {channel} · v{revision}
            </span>
          ))
        )}
      </span>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayChange && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => onDuplicate(flow)}>
              Duplicate
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconDownload size={16} />}
            component="a"
            href={`/api/v1/flows/${id}`}
            download={`${id}.json`}
          >
            Export as a file
          </Menu.Item>
          {mayChange && archivedAt === null && source === 'api' && (
            <Menu.Item leftSection={<IconArchive size={16} />} color="red" onClick={() => onArchive(flow)}>
              Put away
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

function stateOf({ status, archivedAt }: FlowItem): string {
  if (archivedAt !== null) return 'Put away'
  return status === 'off' ? 'Listens nowhere' : 'Draft'
}
