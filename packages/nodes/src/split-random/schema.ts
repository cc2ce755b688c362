import { idSchema, nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxWordLength } from '../limits.ts'

/** Most ways of one split. */
export const maxWays = 20

/** The largest weight: enough for shares of a tenth of a percent. */
export const maxWeight = 1_000

/** One way of a random split. */
export const waySchema = z.strictObject({
  id: idSchema.meta(field({ title: 'Id', description: 'Names the exit; edges hold on to it.', control: 'hidden' })),
  label: z
    .string()
    .min(1)
    .max(maxWordLength)
    .meta(field({ title: 'Name', description: 'What the exit, and the result, is called.', placeholder: 'A' })),
  weight: z
    .int()
    .min(0)
    .max(maxWeight)
    .meta(
      field({
        title: 'Weight',
        description: 'Its share is its weight out of all weights; 0 sends nobody this way.',
        control: 'weight',
        usual: 1,
      }),
    ),
})

/** Data of a random split. */
export const splitRandomSchema = z.strictObject({
  ways: z
    .array(waySchema)
    .max(maxWays)
    .meta(
      field({
        title: 'Ways',
        description: 'Each has its own exit, and as many contacts as its weight says.',
        control: 'list',
      }),
    ),
  result: nameSchema.optional().meta(
    field({
      title: 'Record the way as',
      section: 'advanced',
      control: 'name',
      description: 'The result in which the name of the way is recorded, so that analytics can tell them apart.',
      placeholder: 'variant',
    }),
  ),
})

export type Way = z.infer<typeof waySchema>
export type SplitRandomData = z.infer<typeof splitRandomSchema>
