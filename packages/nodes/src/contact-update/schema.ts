import { nameSchema } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { maxFieldChanges, maxTemplateLength } from '../limits.ts'

const value = (title: string, description: string, placeholder: string) =>
  z
    .string()
    .max(maxTemplateLength)
    .optional()
    .meta(field({ title, description, control: 'template', placeholder }))

/** Data of a change of the contact. */
export const contactUpdateSchema = z.strictObject({
  name: value('Name', 'What the contact is called.', '{{ vars.name }}'),
  language: value('Language', 'A language tag such as en or pt-BR: later texts are in this language.', 'en'),
  timezone: value('Time zone', 'Where the days and hours of the contact pass.', 'Europe/Budapest'),
  fields: z
    .array(
      z.strictObject({
        field: nameSchema.meta(
          field({
            title: 'Field',
            description: 'A field of the contact; texts use it as contact.fields.<name>.',
            control: 'contact-field',
            placeholder: 'city',
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
              placeholder: '{{ vars.city }}',
            }),
          ),
      }),
    )
    .max(maxFieldChanges)
    .meta(field({ title: 'Fields', description: 'Fields of the contact that get a value.', control: 'list' })),
  clear: z
    .array(nameSchema)
    .max(maxFieldChanges)
    .optional()
    .meta(
      field({
        title: 'Clear fields',
        description: 'Fields of the contact that lose their value.',
        control: 'words',
        placeholder: 'city',
      }),
    ),
})

export type ContactUpdateData = z.infer<typeof contactUpdateSchema>
