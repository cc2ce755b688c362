import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxEntries, maxWordLength } from '../limits.ts'

/** Data of a split by groups. */
export const splitGroupSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        id: idSchema.meta(
          field({ title: 'Id', description: 'Names the exit; edges hold on to it.', control: 'hidden' }),
        ),
        group: z
          .string()
          .max(maxWordLength)
          .meta(field({ title: 'Group', description: 'The group of contacts.', placeholder: 'VIP' })),
      }),
    )
    .max(maxEntries)
    .meta(
      field({
        title: 'Groups',
        description: 'Each has its own exit; the first that the contact is in decides.',
        control: 'list',
      }),
    ),
})
