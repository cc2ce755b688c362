import type { Preset } from './preset.ts'

/** Twilio Programmable Messaging; the account is the Account SID, the password the auth token, which also signs webhooks. */
export const twilio: Preset = {
  docs: 'https://www.twilio.com/docs/messaging/api/message-resource',
  settings: {
    url: 'https://api.twilio.com/2010-04-01/Accounts/{{account}}/Messages.json',
    auth: 'basic',
    bodyFormat: 'form',
    body: {
      To: '{{to}}',
      From: '{{from}}',
      Body: '{{text}}',
      MediaUrl: '{{media}}',
      StatusCallback: '{{callbackUrl}}',
    },
    messageId: 'sid',
    errorCode: 'code',
    errorText: 'message',
    // https://www.twilio.com/docs/api/errors
    codes: {
      '14107': 'throttled',
      '20003': 'refused',
      '20005': 'refused',
      '20429': 'throttled',
      '20500': 'later',
      '20503': 'later',
      '21611': 'throttled',
      '30001': 'throttled',
      '30002': 'refused',
    },
    // https://www.twilio.com/docs/usage/webhooks/webhooks-security
    inboundAuth: 'twilio',
    // https://www.twilio.com/docs/messaging/guides/webhook-request
    moId: 'MessageSid',
    moFrom: 'From',
    moTo: 'To',
    moText: 'Body',
    moMedia: 'MediaUrl#',
    // https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
    receiptWhen: 'MessageStatus=queued|sending|sent|delivered|undelivered|failed|read|accepted|scheduled|canceled',
    receiptId: 'MessageSid',
    receiptState: 'MessageStatus',
    receiptError: 'ErrorCode',
    states: { scheduled: 'enroute', canceled: 'deleted' },
    answer: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    answerType: 'text/xml',
  },
}
