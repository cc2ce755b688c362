import { idSchema, type WhenBusy } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxAudience, maxKeywords, maxPriority, maxWordLength } from '../limits.ts'
import { whenBusySchema } from '../when-busy.ts'

/** A text is a reply to the conversation that runs, unless the author says otherwise. */
export const usualWhenBusy = 'skip'

function groupsSchema(title: string, description: string) {
  return z
    .array(z.string().min(1).max(maxWordLength))
    .max(maxAudience)
    .optional()
    .meta(field({ title, description, control: 'words', section: 'advanced', placeholder: 'Members' }))
}

/** Data of a keyword start. */
export const keywordSchema = z.strictObject({
  keywords: z
    .array(z.string().max(maxWordLength))
    .max(maxKeywords)
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
  typos: z
    .boolean()
    .optional()
    .meta(
      field({
        title: 'Forgive typing errors',
        description:
          'A word with a slip still counts: one from four letters on, two from eight on; never in numbers or words such as STOP.',
        section: 'advanced',
        usual: false,
      }),
    ),
  priority: z
    .int()
    .min(0)
    .max(maxPriority)
    .optional()
    .meta(
      field({
        title: 'Priority',
        description: 'When several flows fit a text, the higher one starts.',
        section: 'advanced',
        usual: 0,
      }),
    ),
  channels: z
    .array(idSchema)
    .max(maxAudience)
    .optional()
    .meta(
      field({
        title: 'Only on channels',
        description: 'Ids of the channels on which the keyword counts; on all that the flow is published on if empty.',
        control: 'words',
        section: 'advanced',
        placeholder: '4040',
      }),
    ),
  groups: groupsSchema(
    'Only for groups',
    'Only contacts in one of these groups start the flow; everybody does if empty.',
  ),
  exceptGroups: groupsSchema('Not for groups', 'Contacts in one of these groups do not start the flow.'),
  whenBusy: whenBusySchema(usualWhenBusy, { field: 'interrupts', value: 'interrupt' }),
  interrupts: z
    .boolean()
    .optional()
    .meta(
      field({
        title: 'Interrupts other flows',
        description: 'The earlier way to write "whenBusy": "interrupt", which goes before it.',
        control: 'hidden',
        usual: false,
      }),
    ),
})

export type KeywordData = z.infer<typeof keywordSchema>

/** What the keyword does about a conversation that is under way, however the document says it. */
export function policyOf({ whenBusy, interrupts }: KeywordData): WhenBusy {
  return whenBusy ?? (interrupts ? 'interrupt' : usualWhenBusy)
}
