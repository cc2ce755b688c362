import type { Preset } from './preset.ts'

/**
 * Kannel's sendsms, and its sms-service with `get-url`: both of which we write. Its answer has no id: receipts come
 * under ours, in the address that `dlr-url` gives.
 */
export const kannel: Preset = {
  docs: 'https://www.kannel.org/download/kannel-userguide-snapshot/userguide.html#AEN3984',
  settings: {
    url: 'http://127.0.0.1:13013/cgi-bin/sendsms',
    method: 'GET',
    bodyFormat: 'query',
    body: {
      username: '{{account}}',
      password: '{{password}}',
      from: '{{from}}',
      to: '{{to}}',
      text: '{{text}}',
      charset: 'UTF-8',
      coding: '{{coding}}',
      validity: '{{validityMinutes}}',
      // 31: delivered, not delivered, buffered, accepted and rejected by the SMSC. Kannel fills in %d and %A.
      'dlr-mask': '31',
      'dlr-url': '{{receiptUrl}}&status=%d&answer=%A',
    },
    statuses: { '403': 'refused' },
    tokenField: 'token',
    moId: 'id',
    moFrom: 'from',
    moTo: 'to',
    moText: 'text',
    moCharset: 'charset',
    moCoding: 'coding',
    moUdh: 'udh',
    receiptWhen: 'type=dlr',
    receiptId: 'id',
    receiptState: 'status',
    receiptError: 'answer',
    states: { '1': 'delivered', '2': 'undeliverable', '4': 'enroute', '8': 'accepted', '16': 'rejected' },
  },
}
