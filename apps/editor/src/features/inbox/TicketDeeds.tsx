import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../../shared/api/me.ts'
import { CloseForm } from './CloseForm.tsx'
import { refusalWords } from './model/refusal-words.ts'
import { TransferForm } from './TransferForm.tsx'
import { type Ticket, type TicketDeed, useTicketDeed } from './use-tickets.ts'

/** What can be done with an open ticket, by whose it is. */
export function TicketDeeds({ ticket }: { readonly ticket: Ticket }) {
  const { id, assignee } = ticket
  const { data: me } = useQuery(meQuery)
  const deed = useTicketDeed(id)
  const [asking, setAsking] = useState<'transfer' | 'close'>()
  const act = (what: TicketDeed) =>
    deed.mutate(what, {
      onError: (error) =>
        notifications.show({ color: 'red', title: 'This did not work', message: refusalWords(error) }),
    })
  const isMine = assignee?.isYou === true
  const myId = me?.user?.id
  return (
    <div className="tl-ticket-deeds">
      {assignee === null && (
        <Button loading={deed.isPending} onClick={() => act({ do: 'claim' })}>
          Claim
        </Button>
      )}
      {assignee !== null && !isMine && myId !== undefined && (
        <Button variant="default" loading={deed.isPending} onClick={() => act({ do: 'transfer', to: myId })}>
          Take it over
        </Button>
      )}
      {isMine && (
        <Button variant="default" loading={deed.isPending} onClick={() => act({ do: 'release' })}>
          Put back
        </Button>
      )}
      <Button variant="default" onClick={() => setAsking('transfer')}>
        Transfer
      </Button>
      {(assignee === null || isMine) && (
        <Button variant={isMine ? 'filled' : 'default'} onClick={() => setAsking('close')}>
          Close
        </Button>
      )}
      {asking === 'transfer' && <TransferForm ticket={ticket} onClose={() => setAsking(undefined)} />}
      {asking === 'close' && <CloseForm ticketId={id} onClose={() => setAsking(undefined)} />}
    </div>
  )
}
