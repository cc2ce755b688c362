import { Checkbox, Popover } from '@mantine/core'
import { IconAntenna } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { channelListQuery } from '../../../shared/api/channel-list.ts'

interface ChannelsCellProps {
  readonly channels: readonly string[]
  onChange(channels: readonly string[]): void
}

/** Where a row counts: on every channel of the flow, or on some. */
export function ChannelsCell({ channels, onChange }: ChannelsCellProps) {
  const [isOpen, setOpen] = useState(false)
  const words = channels.length === 0 ? 'Every channel' : channels.join(', ')
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className="tl-answer-limit"
          data-set={channels.length > 0 || undefined}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-label={`Channels: ${words}`}
          onClick={() => setOpen(!isOpen)}
        >
          <IconAntenna size={15} aria-hidden />
          <span>{words}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Channels of this row">
        {isOpen && <ChannelChoice channels={channels} onChange={onChange} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function ChannelChoice({ channels, onChange }: ChannelsCellProps) {
  const { data } = useQuery(channelListQuery)
  const known = data?.items.map(({ id }) => id) ?? []
  const ids = [...known, ...channels.filter((id) => !known.includes(id))]
  return (
    <fieldset className="tl-answer-channels">
      <legend>Only on these channels; on every one if none is chosen</legend>
      {data && ids.length === 0 && <p>There is no channel yet.</p>}
      {ids.map((id) => (
        <Checkbox
          key={id}
          size="xs"
          label={id}
          checked={channels.includes(id)}
          onChange={({ currentTarget: { checked } }) =>
            onChange(checked ? [...channels, id] : channels.filter((each) => each !== id))
          }
        />
      ))}
    </fieldset>
  )
}
