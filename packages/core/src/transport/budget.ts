import * as z from 'zod'

/** Settings that every kind of link has: how fast it may send, and with which other links it shares that. */
export const budgetSettings = {
  messagesPerSecond: z.number().positive().max(10_000).optional().meta({
    title: 'Messages per second',
    description:
      'Segments a second that the operator takes. Left out, the link finds out when it is asked to slow down.',
  }),
  budget: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({
      title: 'Shared budget',
      description:
        'A name; links with the same one share one speed, as where an account is reached by several hosts. Left out, links ' +
        'to the same host with the same user share theirs.',
    }),
}

/** What `budgetSettings` say once they are read. */
export interface BudgetSettings {
  readonly messagesPerSecond?: number | undefined
  readonly budget?: string | undefined
}
