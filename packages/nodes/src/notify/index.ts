import { defineNode, type NodeIssue } from '@textloom/core'
import { isTemplate } from '../is-template.ts'
import { nodeIssue } from '../issue-codes.ts'
import { isWebAddress } from '../web-address.ts'
import { type NotifyData, notifySchema } from './schema.ts'

/** Tells people of the organisation, while the conversation goes on at once. */
export const notify = defineNode({
  type: 'notify',
  version: 1,
  family: 'do',
  title: 'Notify your team',
  summary: 'Tells people of your organisation by e-mail, SMS or webhook.',
  icon: 'bell-ringing',
  schema: notifySchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: ({ by, to, subject, text }, { effect, exit }) => ({
    entry: [effect({ kind: 'notify', by, to, ...(subject === undefined ? {} : { subject }), text })],
    always: [exit('next')],
  }),
  describe: ({ by, to, text }) => ({
    title: titles[by],
    body: [`To ${to.filter((each) => each !== '').join(', ') || 'nobody yet'}`, text].join('\n').trim(),
  }),
  templates: ({ to, subject, text }) => [
    ...to.map((template, index) => ({ path: `to[${index}]`, template, use: 'value' as const })),
    ...(subject === undefined ? [] : [{ path: 'subject', template: subject, use: 'value' as const }]),
    { path: 'text', template: text, use: 'value' },
  ],
  check,
})

const titles: Readonly<Record<NotifyData['by'], string>> = {
  email: 'E-mail the team',
  sms: 'Text the team',
  webhook: 'Call a webhook',
}

function check({ by, to, text }: NotifyData): readonly NodeIssue[] {
  const nobody = to.every((each) => each.trim() === '')
  const tooMany = by === 'webhook' && to.length > 1
  return [
    ...(nobody ? [nodeIssue('notify/no-recipient', 'to', `Nobody is told: write ${nouns[by]}.`)] : []),
    ...(tooMany
      ? [nodeIssue('notify/one-webhook', 'to[1]', 'A notice goes to one webhook: use another node for the other.')]
      : []),
    ...to.flatMap((recipient, index) =>
      recipient.trim() === '' || isTemplate(recipient) || isRecipient[by](recipient.trim())
        ? []
        : [nodeIssue('notify/bad-recipient', `to[${index}]`, `"${recipient}" is not ${nouns[by]}.`)],
    ),
    ...(text.trim() === '' ? [nodeIssue('notify/no-text', 'text', 'There is nothing to tell: write the text.')] : []),
  ]
}

const nouns: Readonly<Record<NotifyData['by'], string>> = {
  email: 'an e-mail address',
  sms: 'a phone number',
  webhook: 'an address that begins with https:// or http://',
}

const isRecipient: Readonly<Record<NotifyData['by'], (recipient: string) => boolean>> = {
  // Whether somebody reads it only the mail server knows; here it is about slips.
  email: (recipient) => /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/u.test(recipient),
  sms: (recipient) => /^\+?\d(?:[ ()./-]{0,2}\d){2,14}$/.test(recipient),
  webhook: isWebAddress,
}
