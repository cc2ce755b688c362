import type { Preset } from './preset.ts'

/** The shape of our own, for scripts and for providers that are told what to send (docs/guides/http-links.md). */
export const generic: Preset = {
  docs: 'https://www.standardwebhooks.com/',
  settings: {
    body: {
      id: '{{id}}',
      from: '{{from}}',
      to: '{{to}}',
      text: '{{text}}',
      media: '{{media}}',
      callback: '{{callbackUrl}}',
    },
    headers: { 'Idempotency-Key': '{{id}}' },
    messageId: 'id',
    errorCode: 'code',
    errorText: 'detail|message|error',
    moId: 'id',
    moFrom: 'from',
    moTo: 'to',
    moText: 'text',
    moMedia: 'media',
    moCharset: 'charset',
    moCoding: 'coding',
    receiptWhen: 'type=dlr',
    receiptId: 'id',
    receiptState: 'status',
    receiptError: 'error',
    answer: '{"id":"{{id}}"}',
    answerType: 'application/json',
  },
}
