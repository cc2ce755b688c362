import * as z from 'zod'
import { questionSchema, replyTimeoutSchema, retriesSchema, retryTextSchema } from '../asking-schema.ts'
import { field } from '../field.ts'
import { optionsSchema } from '../options.ts'

/** Data of a menu. */
export const menuSchema = z.strictObject({
  text: questionSchema,
  options: optionsSchema.meta(
    field({
      title: 'Options',
      description: 'Each has its own exit; the reply is its number, its label or one of its other words.',
      control: 'list',
    }),
  ),
  retries: retriesSchema,
  retryText: retryTextSchema,
  timeout: replyTimeoutSchema,
})

export type MenuData = z.infer<typeof menuSchema>
