import type { Preset } from './preset.ts'

/** Vonage's SMS API (once Nexmo); account and password are API key and secret, the token is the signature secret. */
export const vonage: Preset = {
  docs: 'https://developer.vonage.com/en/api/sms',
  settings: {
    url: 'https://rest.nexmo.com/sms/json',
    auth: 'basic',
    bodyFormat: 'form',
    body: {
      to: '{{toDigits}}',
      from: '{{fromDigits}}',
      text: '{{text}}',
      type: '{{unicode}}',
      callback: '{{callbackUrl}}',
      'client-ref': '{{id}}',
    },
    messageId: 'messages.*.message-id',
    errorCode: 'messages[0].status',
    errorText: 'messages[0].error-text',
    // https://developer.vonage.com/en/messaging/sms/guides/troubleshooting-sms
    codes: {
      '0': 'ok',
      '1': 'throttled',
      '4': 'refused',
      '5': 'later',
      '8': 'refused',
      '9': 'refused',
      '10': 'throttled',
      '11': 'refused',
      '14': 'refused',
    },
    inboundAuth: 'vonage',
    // https://developer.vonage.com/en/messaging/sms/guides/inbound-sms
    moId: 'messageId',
    areNumbersBare: true,
    moFrom: 'msisdn',
    moTo: 'to',
    moText: 'text',
    moPart: 'concat-ref concat-total concat-part',
    // https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts
    receiptWhen: 'status',
    receiptId: 'messageId',
    receiptState: 'status',
    receiptError: 'err-code',
    states: { buffered: 'enroute' },
  },
}
