import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../shared/api/client.ts'
import { onLiveItem } from '../../shared/api/live.ts'
import { ask } from '../../shared/api/request.ts'
import { maskedNumber } from '../../shared/words/phone-number.ts'
import { notableTicket } from './model/notable-ticket.ts'
import { noticeChoice } from './notice-choice.ts'

/** Tells of new tickets and texts outside the page, on whatever page of the app one is. Shows nothing itself. */
export function TicketNotices() {
  const navigate = useNavigate()
  useEffect(
    () =>
      onLiveItem((item) => {
        const id = notableTicket(item)
        if (id === undefined || noticeChoice() !== 'on') return
        // Who looks at the ticket sees the text come.
        if (document.hasFocus() && location.pathname === `/inbox/${id}`) return
        void ask(api.tickets[':id'].$get({ param: { id } }))
          .then(({ assignee, phone, contact, lastMessage }) => {
            if (assignee !== null && !assignee.isYou) return
            const from = contact.name ?? maskedNumber(phone)
            const notice = new Notification(assignee === null ? `${from} waits for an answer` : from, {
              // A later text of the same ticket takes the place of this one, in all windows.
              tag: `textloom-ticket-${id}`,
              body: lastMessage?.direction === 'mo' ? lastMessage.text : '',
              icon: '/favicon.svg',
            })
            notice.onclick = () => {
              focus()
              notice.close()
              void navigate({ to: '/inbox/$ticketId', params: { ticketId: id } })
            }
          })
          // What cannot be asked about is in the list when the connection is back.
          .catch(() => undefined)
      }),
    [navigate],
  )
  return null
}
