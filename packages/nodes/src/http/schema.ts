import { durationSchema, nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxHttpRetries, maxMappedValues, maxTemplateLength } from '../limits.ts'

/** Data of an HTTP request. */
export const httpSchema = z.strictObject({
  method: z
    .enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .meta(field({ title: 'Method', description: 'What is asked of the server.' })),
  url: z
    .string()
    .max(maxTemplateLength)
    .meta(
      field({
        title: 'Address',
        description: 'Variables in it are encoded, so that they stay one piece of the address.',
        control: 'template',
        placeholder: 'https://example.com/orders/{{ vars.order }}',
      }),
    ),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .meta(
      field({
        title: 'Headers',
        description: 'Names and values sent along.',
        section: 'advanced',
        control: 'pairs',
        pairs: { name: 'Accept', value: 'application/json' },
      }),
    ),
  body: z
    .json()
    .optional()
    .meta(
      field({
        title: 'Body',
        description: 'JSON whose texts may hold variables; a text that is one variable keeps its type.',
        control: 'json',
      }),
    ),
  map: z
    .array(
      z.strictObject({
        variable: nameSchema.meta(
          field({ title: 'Variable', description: 'The declared variable that is filled.', control: 'variable' }),
        ),
        path: z.string().meta(
          field({
            title: 'Path',
            description: 'Where in the answer: names with dots and numbers in brackets; $ is all of it.',
            placeholder: 'slots[0].time',
          }),
        ),
      }),
    )
    .max(maxMappedValues)
    .meta(
      field({
        title: 'Keep from the answer',
        description: 'Parts of a JSON answer that variables are filled from.',
        control: 'list',
      }),
    ),
  status: nameSchema.optional().meta(
    field({
      title: 'Keep the status in',
      description: 'A number variable that gets the status of the answer, such as 404; nothing when none came.',
      control: 'variable',
    }),
  ),
  timeout: durationSchema.meta(
    field({
      title: 'Give up after',
      section: 'timing',
      description: 'How long the request may take, all its tries together.',
      control: 'duration',
      placeholder: 'PT10S',
    }),
  ),
  retries: z
    .int()
    .min(0)
    .max(maxHttpRetries)
    .optional()
    .meta(
      field({
        title: 'Try again',
        section: 'timing',
        description: 'How often a request is made again when the server is not reached or is busy.',
        usual: 0,
      }),
    ),
})

export type HttpData = z.infer<typeof httpSchema>
