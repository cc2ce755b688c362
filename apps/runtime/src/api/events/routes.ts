import * as z from 'zod'
import { timeText } from '../http/fields.ts'
import { createRoute, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { eventStream } from './event-stream.ts'
import { type NumberedItem, recentItems } from './recent-items.ts'

const families = ['message', 'session', 'ticket', 'link', 'campaign', 'import', 'other'] as const

const route = createRoute({
  method: 'get',
  path: '/',
  tags: ['Events'],
  summary: 'What happens, as it happens',
  description:
    'Server-sent events named `message`, `session`, `ticket`, `link`, `campaign`, `import` and `other`; `data` is `{at, kind, channel, phone, data}`. After a short absence send `Last-Event-ID`, and what was missed comes first; an event `reset` says that more was missed than is remembered, so read the lists again.',
  request: {
    query: z.object({
      channel: z.string().max(64).optional(),
      phone: z.string().max(40).optional(),
    }),
  },
  responses: { 200: { content: { 'text/event-stream': { schema: z.string() } }, description: 'Until you leave.' } },
})

/** `/events`: messages, sessions and link states as they change. */
export function events({ feed, ids }: ApiServices) {
  const recent = recentItems(feed, ids.next().replaceAll('-', ''))
  return resource().openapi(route, (c) => {
    const { channel, phone } = c.req.valid('query')
    const lastId = c.req.header('last-event-id')
    const isWanted = ({ item }: NumberedItem) =>
      (channel === undefined || item.channel === channel) && (phone === undefined || item.phone === phone)

    return eventStream(c, (emit) => {
      const missed = lastId === undefined ? [] : recent.after(lastId)
      const send = (one: NumberedItem) => {
        if (isWanted(one)) emit(messageOf(one))
      }
      if (missed === undefined) emit({ event: 'reset', data: '{}', id: recent.lastId })
      else emit({ event: 'ready', data: '{}', id: missed.length === 0 ? recent.lastId : (lastId ?? recent.lastId) })
      for (const one of missed ?? []) send(one)
      return recent.subscribe(send)
    })
  })
}

function messageOf({ id, item }: NumberedItem) {
  return { id, event: familyOf(item.kind), data: JSON.stringify({ ...item, at: timeText(item.at) }) }
}

/** `mo.received` → `message`: clients listen for what they show. */
function familyOf(kind: string): (typeof families)[number] {
  if (kind === 'dlr' || /^(?:mo|mt|keyword|fallback)\./.test(kind)) return 'message'
  if (kind === 'result' || /^(?:session|node|http|flow|contact|consent|tracked-link|notify)\./.test(kind))
    return 'session'
  if (kind.startsWith('ticket.')) return 'ticket'
  if (kind.startsWith('campaign.')) return 'campaign'
  if (kind.startsWith('import.')) return 'import'
  return kind.startsWith('link.') ? 'link' : 'other'
}
