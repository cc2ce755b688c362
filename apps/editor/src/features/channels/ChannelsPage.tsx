import { Button } from '@mantine/core'
import { IconAntennaBars5, IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFlowNames } from '../../shared/api/flow-names.ts'
import { may, meQuery } from '../../shared/api/me.ts'
import '../../shared/ui/form.css'
import '../../shared/ui/page.css'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { ChannelCard } from './ChannelCard.tsx'
import { ChannelForm } from './ChannelForm.tsx'
import './channels.css'
import { LinkCard } from './LinkCard.tsx'
import { LinkForm } from './LinkForm.tsx'
import { Removal } from './Removal.tsx'
import { SendTest } from './SendTest.tsx'
import { type Channel, type Link, useChannels, useLinkStatuses, useLinks } from './use-channels.ts'

type Open =
  | { readonly what: 'channel'; readonly channel: Channel | undefined }
  | { readonly what: 'link'; readonly link: Link | undefined }
  | { readonly what: 'test'; readonly channel: Channel }
  | { readonly what: 'removal'; readonly kind: 'channel' | 'link'; readonly id: string }

/** The addresses that people text, and the connections by which they are reached. */
export function ChannelsPage() {
  const me = useQuery(meQuery)
  const channels = useChannels()
  const seesLinks = may(me.data, 'links:read')
  const links = useLinks(seesLinks)
  const statuses = useLinkStatuses(links.data?.items.map(({ id }) => id) ?? [])
  const names = useFlowNames()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)

  if (me.isPending || channels.isPending || links.isLoading) return <LoadingState what="channels" />
  const failed = channels.error ?? links.error
  if (failed && !(channels.data && (links.data || !seesLinks))) {
    return (
      <ErrorState
        error={failed}
        retry={() => {
          void channels.refetch()
          void links.refetch()
        }}
      />
    )
  }
  const canLinks = may(me.data, 'links:write')
  const canChannels = may(me.data, 'channels:write')
  const allLinks = links.data?.items ?? []
  const allChannels = channels.data?.items ?? []
  const addLink = () => setOpen({ what: 'link', link: undefined })
  const addChannel = () => setOpen({ what: 'channel', channel: undefined })
  return (
    <div className="tl-sheet tl-channels">
      <header className="tl-page-head">
        <h1>Channels</h1>
        {canChannels && allLinks.length > 0 && (
          <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={addChannel}>
            Add channel
          </Button>
        )}
      </header>
      {allChannels.length === 0 ? (
        <EmptyState
          icon={<IconAntennaBars5 size={28} />}
          title="Nobody can text you yet"
          action={
            seesLinks && allLinks.length === 0
              ? canLinks && <Button onClick={addLink}>Connect a network</Button>
              : canChannels && <Button onClick={addChannel}>Add channel</Button>
          }
        >
          A channel is what people text: a short code, a number or a word. It is reached by a link, the connection to an
          operator. Connect a network first, then add the channel that comes by it.
        </EmptyState>
      ) : (
        <ul className="tl-channel-list">
          {allChannels.map((channel) => (
            <ChannelCard
              key={channel.id}
              channel={channel}
              links={links.data?.items}
              nameOf={(flow) => names?.get(flow) ?? flow}
              canChange={canChannels}
              canSend={may(me.data, 'messages:write')}
              onEdit={() => setOpen({ what: 'channel', channel })}
              onRemove={() => setOpen({ what: 'removal', kind: 'channel', id: channel.id })}
              onTest={() => setOpen({ what: 'test', channel })}
            />
          ))}
        </ul>
      )}
      {seesLinks && (
        <>
          <header className="tl-page-head tl-links-head">
            <div>
              <h2>Links</h2>
              <p>Connections to networks. A channel tries its links in order.</p>
            </div>
            {canLinks && (
              <Button variant="default" leftSection={<IconPlugConnected size={17} aria-hidden />} onClick={addLink}>
                Connect a network
              </Button>
            )}
          </header>
          {allLinks.length === 0 ? (
            <p className="tl-channels-none">No network is connected.</p>
          ) : (
            <ul className="tl-paper tl-link-list">
              {allLinks.map((link) => (
                <LinkCard
                  key={link.id}
                  link={link}
                  status={statuses.get(link.id)}
                  canChange={canLinks}
                  onEdit={() => setOpen({ what: 'link', link })}
                  onRemove={() => setOpen({ what: 'removal', kind: 'link', id: link.id })}
                />
              ))}
            </ul>
          )}
        </>
      )}
      {open?.what === 'channel' && <ChannelForm channel={open.channel} links={allLinks} onClose={close} />}
      {open?.what === 'link' && <LinkForm link={open.link} onClose={close} />}
      {open?.what === 'test' && <SendTest channel={open.channel} onClose={close} />}
      {open?.what === 'removal' && <Removal what={open.kind} id={open.id} onClose={close} />}
    </div>
  )
}
