import { idSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxEntries, maxWordLength } from '../limits.ts'

/** Data of a split by language. */
export const splitLanguageSchema = z.strictObject({
  languages: z
    .array(
      z.strictObject({
        id: idSchema.meta(
          field({ title: 'Id', description: 'Names the exit; edges hold on to it.', control: 'hidden' }),
        ),
        language: z
          .string()
          .max(maxWordLength)
          .meta(
            field({
              title: 'Language',
              description: 'A language as a code: pt is any Portuguese, pt-BR that of Brazil.',
              placeholder: 'es',
            }),
          ),
      }),
    )
    .max(maxEntries)
    .meta(
      field({
        title: 'Languages',
        description: 'Each has its own exit; the first that fits decides.',
        control: 'list',
      }),
    ),
})
