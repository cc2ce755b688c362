import type { Preset } from './preset.ts'

/** SMS Gateway for Android (sms-gate.app): a phone as a gateway, by its cloud or by its own address in the network. */
export const androidSmsGateway: Preset = {
  docs: 'https://docs.sms-gate.app/integration/api/',
  settings: {
    url: 'https://api.sms-gate.app/3rdparty/v1/messages',
    auth: 'basic',
    body: {
      id: '{{id}}',
      textMessage: { text: '{{text}}' },
      phoneNumbers: ['{{to}}'],
      withDeliveryReport: '{{wantsReceipt}}',
      ttl: '{{validitySeconds}}',
    },
    messageId: 'id',
    errorText: 'message',
    isIdempotent: true,
    // An id that is there already: an attempt before this one got through.
    statuses: { '409': 'ok' },
    // https://docs.sms-gate.app/features/webhooks/#payload-signing
    inboundAuth: 'hmac',
    signatureHeader: 'X-Signature',
    timestampHeader: 'X-Timestamp',
    moWhen: 'event=sms:received',
    // The id of the event: payload.messageId is made of the content and not unique.
    moId: 'id',
    moFrom: 'payload.sender|payload.phoneNumber',
    moTo: 'payload.recipient',
    moText: 'payload.message',
    receiptWhen: 'event=sms:sent|sms:delivered|sms:failed',
    receiptId: 'payload.messageId',
    receiptState: 'event',
    receiptError: 'payload.reason',
    states: { 'sms:sent': 'accepted', 'sms:delivered': 'delivered', 'sms:failed': 'undeliverable' },
  },
}
