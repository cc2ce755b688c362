import { type FlowDocument, flowFormat } from '@textloom/core'
import { writeTable } from '@textloom/interop/autoresponder'

/** A flow that is a table: what the shop answers to whom. */
export const shopAnswers: FlowDocument = writeTable(
  {
    keywords: [
      {
        id: 'hours',
        keywords: ['HOURS', 'OPEN'],
        match: 'any',
        reply: 'We are open 9 to 8, Sundays 10 to 4.',
        channels: [],
      },
      {
        id: 'parking',
        keywords: ['PARKING'],
        match: 'only',
        reply: 'Park free for two hours behind the shop, from Mill Lane.',
        channels: ['shop-phones'],
      },
      {
        id: 'gift',
        keywords: ['GIFT', 'VOUCHER'],
        match: 'first',
        reply: 'Gift vouchers are at every till, from 10 pounds up.',
        channels: [],
      },
    ],
    rules: [
      {
        id: 'refund',
        when: { kind: 'text', op: 'any-word', text: 'refund, return, exchange' },
        reply: 'Bring it back within 30 days with the receipt. Questions? Text ORDER.',
        channels: [],
      },
    ],
    otherwise: {
      id: 'other',
      reply: 'Thank you for your text! HOURS tells when we are open, ORDER brings you to a person.',
      channels: [],
    },
  },
  { format: flowFormat, id: 'shop-answers', name: 'Shop answers', languages: { base: 'en' }, nodes: [], edges: [] },
)
