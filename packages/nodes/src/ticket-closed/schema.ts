import * as z from 'zod'
import { field } from '../field.ts'
import { maxWordLength } from '../limits.ts'
import { whenBusySchema } from '../when-busy.ts'

/** The flow that brought the contact to a person mostly still says goodbye; what comes after comes after that. */
export const usualWhenBusy = 'queue'

/** Most queues that one start waits for. */
export const maxQueues = 50

/** Data of a start by the end of a ticket. */
export const ticketClosedSchema = z.strictObject({
  queues: z
    .array(z.string().min(1).max(maxWordLength))
    .max(maxQueues)
    .optional()
    .meta(
      field({
        title: 'Only for queues',
        description: 'Starts only after tickets of these queues; of any queue when empty.',
        control: 'words',
        placeholder: 'support',
      }),
    ),
  outcome: z
    .enum(['any', 'resolved', 'unresolved'])
    .optional()
    .meta(
      field({
        title: 'How it ended',
        description: 'Whether it matters that somebody could help.',
        labels: { any: 'Either way', resolved: 'Resolved', unresolved: 'Not resolved' },
        usual: 'any',
      }),
    ),
  whenBusy: whenBusySchema(usualWhenBusy),
})

export type TicketClosedData = z.infer<typeof ticketClosedSchema>
