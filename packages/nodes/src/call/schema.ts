import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxHandedOver, maxPathLength, maxTemplateLength } from '../limits.ts'

/** Data of a call of another flow. */
export const callSchema = z.strictObject({
  flow: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,64}$/, 'must be the id of a flow')
    .meta(field({ title: 'Flow', description: 'The flow that takes over until it ends.', control: 'flow' })),
  params: z
    .record(nameSchema, z.string().max(maxTemplateLength))
    .refine((params) => Object.keys(params).length <= maxHandedOver, `must hold at most ${maxHandedOver} values`)
    .optional()
    .meta(
      field({
        title: 'Hand over',
        description: 'Values for the parameters of that flow; it uses them as params.<name>.',
        control: 'pairs',
        pairs: { name: 'order', value: '{{ vars.order }}' },
      }),
    ),
  map: z
    .array(
      z.strictObject({
        variable: nameSchema.meta(
          field({ title: 'Variable', description: 'The declared variable that is filled.', control: 'variable' }),
        ),
        path: z
          .string()
          .max(maxPathLength)
          .meta(
            field({
              title: 'From',
              description: 'A result or a variable of that flow.',
              placeholder: 'results.rating',
            }),
          ),
      }),
    )
    .max(maxHandedOver)
    .meta(
      field({
        title: 'Keep what it found out',
        description: 'Variables that are filled with results and variables of that flow when it ends.',
        control: 'list',
      }),
    ),
})

export type CallData = z.infer<typeof callSchema>
