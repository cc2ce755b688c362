import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxTemplateLength } from '../limits.ts'
import { plainNameSchema } from '../plain-name.ts'

/** Data of a result. */
export const resultSchema = z.strictObject({
  name: nameSchema.meta(
    field({
      title: 'Name',
      description: 'What reports call it; texts use it as results.<name>.value.',
      control: 'name',
      placeholder: 'signed_up',
    }),
  ),
  value: z
    .string()
    .max(maxTemplateLength)
    .meta(
      field({
        title: 'Value',
        description: 'A text or a template; a template that is one variable keeps its type.',
        control: 'template',
        placeholder: '{{ vars.score }}',
      }),
    ),
  category: plainNameSchema.optional().meta(
    field({
      title: 'Category',
      description: 'What reports count: results of one name with the same category stand together.',
      placeholder: 'interested',
    }),
  ),
})
