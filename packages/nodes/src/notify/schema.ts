import * as z from 'zod'
import { field } from '../field.ts'
import { maxRecipients, maxTemplateLength, maxTextLength } from '../limits.ts'

/** Data of a notice. */
export const notifySchema = z
  .strictObject({
    by: z.enum(['email', 'sms', 'webhook']).meta(
      field({
        title: 'By',
        description: 'How people of your organisation learn of it.',
        labels: { email: 'E-mail', sms: 'SMS', webhook: 'Webhook' },
      }),
    ),
    to: z
      .array(z.string().max(maxTemplateLength))
      .max(maxRecipients)
      .meta(
        field({
          title: 'To',
          description: 'E-mail addresses, phone numbers, or the one address of a webhook.',
          control: 'templates',
          placeholder: 'team@example.com',
        }),
      ),
    subject: z
      .string()
      .max(maxTemplateLength)
      .optional()
      .meta(
        field({
          title: 'Subject',
          description: 'The subject of the e-mail; the name of the flow when empty.',
          control: 'template',
          placeholder: 'A complaint of {{ contact.name }}',
          shownWhen: { by: ['email'] },
        }),
      ),
    text: z
      .string()
      .max(maxTextLength)
      .meta(
        field({
          title: 'Text',
          description: 'What they are told. Contacts never see it.',
          control: 'text-block',
          placeholder: '{{ contact.phone }} wrote: {{ reply.text }}',
        }),
      ),
  })
  .refine(({ by, subject }) => by === 'email' || subject === undefined, {
    path: ['subject'],
    message: 'belongs to e-mails only',
  })

export type NotifyData = z.infer<typeof notifySchema>
