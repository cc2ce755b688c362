import * as z from 'zod'
import { field } from '../field.ts'

/** Most rounds of one session: a person would have lost patience long before. */
export const maxTimes = 100

/** Data of a bounded loop. */
export const goToSchema = z.strictObject({
  times: z
    .int()
    .min(1)
    .max(maxTimes)
    .meta(
      field({
        title: 'Most rounds',
        description: 'How often a contact goes on by "Again" in one conversation, before leaving by "Enough".',
        usual: 3,
      }),
    ),
})
