import { Button, NativeSelect } from '@mantine/core'
import { IconDeviceMobile, IconDeviceMobilePlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { may, meQuery } from '../../shared/api/me.ts'
import '../../shared/ui/page.css'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { Handset } from './Handset.tsx'
import './handset.css'
import { MOST_HANDSETS, renumbered, withHandset, withoutHandset } from './model/handsets.ts'
import { useHandsets } from './use-handsets.ts'
import { useHandsetChannels, useKeywords } from './use-line.ts'

/** Phones in the browser that text what is published, as people's own phones will. */
export function PhonePage() {
  const { data: me } = useQuery(meQuery)
  const mayText = may(me, 'handset:write')
  const { channels, error, retry } = useHandsetChannels(mayText)
  const { handsets, change } = useHandsets()
  const channel = channels?.find(({ id }) => id === handsets.channel) ?? channels?.[0]
  const keywords = useKeywords(channel)

  if (!mayText) {
    return (
      <EmptyState icon={<IconDeviceMobile size={28} />} title="Texting is not part of your role">
        Ask an administrator to make you an editor; then you can text the published flows from here.
      </EmptyState>
    )
  }
  if (error) return <ErrorState error={error} retry={retry} />
  if (channels === undefined) return <LoadingState what="the phone" />
  if (channel === undefined) {
    return (
      <EmptyState icon={<IconDeviceMobile size={28} />} title="No channel for phones in the browser">
        They text channels on a loopback link, which never leaves this machine. Add a link of that kind under Channels,
        then a channel on it, and publish a flow there.
      </EmptyState>
    )
  }
  return (
    <div className="tl-handsets">
      <header className="tl-page-head">
        <h1>Phone</h1>
        {channels.length > 1 && (
          <NativeSelect
            aria-label="Channel to text"
            value={channel.id}
            data={channels.map(({ id, address }) => ({
              value: id,
              label: id === address ? `To ${id}` : `To ${id} (${address})`,
            }))}
            onChange={({ currentTarget }) => change({ ...handsets, channel: currentTarget.value })}
          />
        )}
        <Button
          variant="default"
          leftSection={<IconDeviceMobilePlus size={17} />}
          disabled={handsets.phones.length >= MOST_HANDSETS}
          onClick={() => change(withHandset(handsets))}
        >
          Add a phone
        </Button>
      </header>
      <p className="tl-handsets-hint">
        {channel.flows.length === 0
          ? `No flow is published on ${channel.id} yet, so nobody answers. Publish one, then text its keyword here.`
          : 'These phones text the published flows through the real runtime. What is said shows under Sessions; nothing is sent over the air.'}
      </p>
      <ul className="tl-handset-table">
        {handsets.phones.map((phone) => (
          <Handset
            key={phone}
            phone={phone}
            channel={channel.id}
            address={channel.address}
            keywords={keywords}
            canRemove={handsets.phones.length > 1}
            onRemove={() => change(withoutHandset(handsets, phone))}
            onRenumber={(written) => {
              const next = renumbered(handsets, phone, written)
              if (typeof next === 'string') return next
              change(next)
              return undefined
            }}
          />
        ))}
      </ul>
    </div>
  )
}
