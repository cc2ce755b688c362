import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxEntries, maxWordLength } from '../limits.ts'

/** Data of a split by channel. */
export const splitChannelSchema = z.strictObject({
  channels: z
    .array(
      z.strictObject({
        id: idSchema.meta(
          field({ title: 'Id', description: 'Names the exit; edges hold on to it.', control: 'hidden' }),
        ),
        channel: z
          .string()
          .max(maxWordLength)
          .meta(field({ title: 'Channel', description: 'The id of the channel.', placeholder: 'main' })),
      }),
    )
    .max(maxEntries)
    .meta(field({ title: 'Channels', description: 'Each has its own exit.', control: 'list' })),
})
