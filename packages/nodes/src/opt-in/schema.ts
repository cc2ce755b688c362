import * as z from 'zod'
import { field } from '../field.ts'
import { maxWordLength } from '../limits.ts'
import { whenBusySchema } from '../when-busy.ts'

/** What somebody just agreed to must not be lost, and does not cut in on what they are doing. */
export const usualWhenBusy = 'queue'

/** Most topics that one start waits for. */
export const maxTopics = 50

/** Data of a start by an opt-in. */
export const optInSchema = z.strictObject({
  topics: z
    .array(z.string().min(1).max(maxWordLength))
    .max(maxTopics)
    .optional()
    .meta(
      field({
        title: 'Only for topics',
        description: 'Starts only when the contact agrees to one of these topics; to any, and in general, when empty.',
        control: 'words',
        placeholder: 'offers',
      }),
    ),
  whenBusy: whenBusySchema(usualWhenBusy),
})

export type OptInData = z.infer<typeof optInSchema>
