import * as z from 'zod'
import { field } from '../field.ts'

/** Data of a keyword start. */
export const keywordSchema = z.strictObject({
  keywords: z
    .array(z.string().max(160))
    .max(200)
    .meta(
      field({
        title: 'Keywords',
        description: 'A text with one of these starts the flow. Case, accents and punctuation do not matter.',
        control: 'words',
        placeholder: 'BOOK',
      }),
    ),
  match: z.enum(['exact', 'first', 'only', 'any']).meta(
    field({
      title: 'How the text must fit',
      description: 'Where in the text the keyword may stand.',
      labels: {
        exact: 'The whole text is the keyword',
        first: 'The text begins with the keyword',
        only: 'The keyword is the only word',
        any: 'The keyword stands anywhere',
      },
    }),
  ),
  interrupts: z
    .boolean()
    .optional()
    .meta(
      field({
        title: 'Interrupts other flows',
        section: 'advanced',
        description: 'The keyword starts this flow even while the contact is in another one, which ends.',
        usual: false,
      }),
    ),
})

export type KeywordData = z.infer<typeof keywordSchema>
