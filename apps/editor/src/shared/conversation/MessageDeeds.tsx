import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBackUp, IconDots, IconHelpCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { may, meQuery } from '../api/me.ts'
import { useMessageDeed } from './use-message-deeds.ts'

/** What can be done about a text while it is not settled; nothing for who may not, or where it is. */
export function MessageDeeds({ id, status }: { readonly id: string; readonly status: string }) {
  const { data: me } = useQuery(meQuery)
  const deed = useMessageDeed(id)
  const isWithNetwork = status === 'sent' || status === 'unknown'
  if (!(isWithNetwork || status === 'queued') || !may(me, 'messages:write')) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          className="tl-sms-deeds"
          variant="subtle"
          color="gray"
          size="sm"
          loading={deed.isPending}
          aria-label="What can be done about this text"
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isWithNetwork && (
          <Menu.Item leftSection={<IconHelpCircle size={16} aria-hidden />} onClick={() => deed.mutate('query')}>
            Ask the network about it
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => deed.mutate('cancel')}>
          Take it back
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
