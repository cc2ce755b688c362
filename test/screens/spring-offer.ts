import { type FlowDocument, flowFormat, type JsonObject } from '@textloom/core'

const steps: readonly (readonly [id: string, type: string, x: number, y: number, data: JsonObject])[] = [
  ['start', 'keyword', 320, 0, { keywords: ['SPRING', 'OFFER'], match: 'exact' }],
  [
    'offer',
    'menu',
    320,
    160,
    {
      text: 'Hi {{ contact.name | default: "there" }}! 20% off everything until Sunday. Reply 1 for shops, 2 for your code.',
      options: [
        { id: 'shops', label: 'Shops near me', synonyms: ['shop', 'where'] },
        { id: 'code', label: 'My code', synonyms: ['code', 'online'] },
      ],
      retries: 1,
      retryText: 'Sorry, reply 1 for shops or 2 for your code.',
      timeout: 'PT4H',
    },
  ],
  [
    'town',
    'ask',
    0,
    500,
    {
      text: 'Which town are you in? We look for the nearest shop.',
      kind: 'text',
      variable: 'town',
      retries: 0,
      timeout: 'PT4H',
    },
  ],
  [
    'voucher',
    'http',
    320,
    500,
    {
      method: 'POST',
      url: 'https://shop.northwind.example/codes',
      body: { phone: '{{ contact.phone }}' },
      map: [{ variable: 'code', path: 'code' }],
      timeout: 'PT10S',
    },
  ],
  [
    'later',
    'message',
    640,
    500,
    { text: 'No hurry: text SPRING any time until Sunday. Reply STOP to get no more texts.' },
  ],
  ['shop', 'message', 0, 750, { text: 'Our shop in {{ vars.town }} is open until 20:00. Show this text at the till.' }],
  ['sent', 'message', 320, 750, { text: 'Your code is {{ vars.code }}. It works in the app, too.' }],
  ['done', 'end', 160, 930, { outcome: 'completed', label: 'Took the offer' }],
  ['gone', 'end', 640, 750, { outcome: 'completed', label: 'Not now' }],
]

const threads: readonly (readonly [source: string, handle: string, target: string])[] = [
  ['start', 'next', 'offer'],
  ['offer', 'shops', 'town'],
  ['offer', 'code', 'voucher'],
  ['offer', 'other', 'later'],
  ['offer', 'timeout', 'later'],
  ['town', 'next', 'shop'],
  ['town', 'timeout', 'gone'],
  ['voucher', 'success', 'sent'],
  ['voucher', 'failure', 'later'],
  ['voucher', 'timeout', 'later'],
  ['shop', 'next', 'done'],
  ['sent', 'next', 'done'],
  ['later', 'next', 'gone'],
]

/** The flow of the pictures: an offer with shops, codes and people who would rather not. */
export const springOffer: FlowDocument = {
  format: flowFormat,
  id: 'spring-offer',
  name: 'Spring offer',
  languages: { base: 'en' },
  variables: [
    { name: 'town', type: 'text' },
    { name: 'code', type: 'text' },
  ],
  nodes: steps.map(([id, type, x, y, data]) => ({ id, type, position: { x, y }, data })),
  edges: threads.map(([source, sourceHandle, target], index) => ({ id: `e${index}`, source, sourceHandle, target })),
}
