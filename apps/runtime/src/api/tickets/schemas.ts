import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { textField } from '../http/fields.ts'
import { pageQuery } from '../http/page.ts'
import { messageSchema } from '../messages/schemas.ts'

export const ticketQuery = z.object({
  ...pageQuery,
  view: z
    .enum(['mine', 'unassigned', 'all', 'closed'])
    .default('all')
    .meta({ description: 'Open ones that you have, that nobody has, all open ones; or closed ones.' }),
  queue: idSchema.optional().meta({ description: 'Of this queue and those below it.' }),
  phone: textField.min(1).max(40).optional().meta({ description: 'In any spelling.' }),
  session: z.uuid().optional().meta({ description: 'Those of one conversation.' }),
})

const person = z.object({
  id: z.string().meta({ description: '`user:<uuid>`, `key:<uuid>` or `env`.' }),
  name: z.string(),
  isYou: z.boolean(),
})

export const ticketSchema = z
  .object({
    id: z.uuid(),
    channel: z.string(),
    phone: z.string(),
    contact: z.object({ name: z.string().nullable(), language: z.string().nullable() }),
    session: z.uuid(),
    flow: z.string().nullable(),
    node: z.string().meta({ description: 'The node that opened it.' }),
    queue: z.string(),
    topic: z.string().nullable(),
    priority: z.enum(['low', 'normal', 'high', 'urgent']),
    note: z.string().meta({ description: 'What the flow tells about it.' }),
    state: z.enum(['open', 'closed']),
    assignee: person.nullable(),
    lastMessage: z
      .object({ direction: z.enum(['mo', 'mt']), text: z.string(), at: z.iso.datetime() })
      .nullable()
      .meta({ description: 'The last text either way since the conversation began.' }),
    isWaiting: z.boolean().meta({ description: 'Open, and the contact wrote last: somebody should answer.' }),
    isOverdue: z.boolean().meta({ description: 'Nobody has answered within the `maxWait` of its queue.' }),
    openedAt: z.iso.datetime(),
    claimedAt: z.iso.datetime().nullable(),
    firstReplyAt: z.iso.datetime().nullable(),
    lastReplyAt: z.iso.datetime().nullable(),
    lastHeardAt: z.iso.datetime().nullable(),
    closedAt: z.iso.datetime().nullable(),
    closedBy: z.string().nullable(),
    outcome: z
      .enum(['resolved', 'unavailable', 'outside-hours', 'timed-out', 'withdrawn'])
      .nullable()
      .meta({ description: '`withdrawn`: the conversation ended otherwise, for example by STOP.' }),
  })
  .meta({ id: 'Ticket' })

export type TicketItem = z.infer<typeof ticketSchema>

export const waitingSchema = z
  .object({
    unassigned: z.int().meta({ description: 'Open ones that nobody has.' }),
    mine: z.int().meta({ description: 'Yours whose contact wrote last.' }),
  })
  .meta({ id: 'WaitingTickets' })

const noteItem = z.object({
  kind: z.literal('note'),
  id: z.uuid(),
  at: z.iso.datetime(),
  text: z.string(),
  author: person,
})

const deeds = ['opened', 'refused', 'claimed', 'released', 'transferred', 'closed'] as const

const deedItem = z.object({
  kind: z.literal('event'),
  id: z.string(),
  at: z.iso.datetime(),
  what: z.enum(deeds),
  agent: z.string().nullable().meta({ description: 'Who did it; null for the flow, or nobody.' }),
  to: z.string().nullable().meta({ description: 'Who got it by a transfer.' }),
  queue: z.string().nullable(),
  outcome: z.string().nullable(),
})

/** What a thread is made of. */
export const threadItemSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('message'),
      id: z.uuid(),
      at: z.iso.datetime(),
      message: messageSchema,
      agent: z.string().nullable().meta({ description: 'Name of the agent who wrote it.' }),
      isBefore: z.boolean().meta({ description: 'From before the ticket was opened.' }),
      isAfter: z.boolean().meta({ description: 'From after the ticket was closed.' }),
    }),
    noteItem,
    deedItem,
  ])
  .meta({ id: 'ThreadItem' })

export type ThreadItem = z.infer<typeof threadItemSchema>

export const threadSchema = z
  .object({ items: z.array(threadItemSchema), hasMore: z.boolean(), skipsLater: z.boolean() })
  .meta({
    id: 'Thread',
    description:
      'The oldest first; `hasMore` when there is more before it, `skipsLater` when some of what followed the ticket is left out.',
  })

export const transferSchema = z
  .strictObject({
    queue: idSchema.optional(),
    to: z.uuid().optional().meta({ description: 'The user who is to have it.' }),
  })
  .refine(({ queue, to }) => queue !== undefined || to !== undefined, 'must name a queue, a user or both')
  .meta({ id: 'TransferTicket' })

export const noteSchema = z.strictObject({ text: textField.trim().min(1).max(10_000) }).meta({ id: 'NewTicketNote' })

export const replySchema = z.strictObject({ text: textField.min(1).max(10_000) }).meta({ id: 'TicketReply' })

export const repliedSchema = z
  .object({ id: z.uuid().meta({ description: 'The message: see `/messages/{id}`.' }), ticket: z.uuid() })
  .meta({ id: 'TicketReplied' })

export const closeSchema = z
  .strictObject({
    outcome: z
      .enum(['resolved', 'unavailable'])
      .default('resolved')
      .meta({ description: 'The exit by which the flow goes on.' }),
    note: textField.trim().min(1).max(10_000).optional().meta({ description: 'Kept with the ticket as a note.' }),
  })
  .meta({ id: 'CloseTicket' })
