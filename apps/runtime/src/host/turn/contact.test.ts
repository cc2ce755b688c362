import { describe, expect, test } from 'vitest'
import { actingFlow, flowOf, sayingFlow } from '../testing/flows.ts'
import { onePhone, testKey } from '../testing/one-phone.ts'

const { phone: number } = testKey
const NOON = Date.parse('2026-01-01T12:00:00.000Z')
const nobody = { name: null, language: null, timezone: null, fields: {}, groups: {}, lastHeardAt: null }
const changing = (...changes: object[]) =>
  actingFlow(['keyword', { keywords: ['go'], match: 'exact' }], {
    changes: changes as never,
    effects: [{ kind: 'sendMt', text: '{{ contact.name }} {{ contact.timezone }} {{ contact.groups | join: "+" }}' }],
  })

describe('a flow that changes its contact', () => {
  test('changes it in the store of the same step, and sees the change at once and afterwards', () => {
    const phone = onePhone({
      flows: [
        changing(
          { name: 'Anna' },
          { language: 'hu' },
          { timezone: 'Europe/Budapest' },
          { field: 'size', value: '{{ reply.text }}' },
          { group: 'vip', change: 'added' },
          { group: 'trial', change: 'added' },
          { group: 'trial', change: 'removed' },
        ),
      ],
    })
    phone.says('go')
    expect(phone.texts).toEqual(['Anna Europe/Budapest vip'])
    expect(phone.batch.contacts).toMatchObject([
      { phone: number },
      { phone: number, name: 'Anna' },
      { language: 'hu' },
      { timezone: 'Europe/Budapest' },
      { fields: { size: 'go' } },
      { groups: { vip: '2026-01-01T12:00:00.000Z' } },
      { groups: { trial: '2026-01-01T12:00:00.000Z' } },
      { groups: { trial: null } },
    ])
    expect(phone.row.contact).toEqual({
      name: 'Anna',
      language: 'hu',
      timezone: 'Europe/Budapest',
      fields: { size: 'go' },
      groups: { vip: '2026-01-01T12:00:00.000Z', trial: null },
      lastHeardAt: NOON,
    })
    expect(phone.events('contact.changed')).toHaveLength(7)
    phone.says('go')
    expect(phone.texts).toEqual(['Anna Europe/Budapest vip'])
  })

  test('who refuses a topic gets nothing about it, and everything else', () => {
    const phone = onePhone({
      flows: [
        actingFlow(['keyword', { keywords: ['go'], match: 'exact' }], {
          changes: [{ consent: 'out', topic: 'offers' }],
          effects: [{ kind: 'sendMt', text: 'An offer.', topic: 'offers', attachments: ['https://example.org/a.png'] }],
        }),
      ],
    })
    phone.says('go')
    expect(phone.batch.suppressions).toMatchObject([{ topic: 'offers', change: 'add', source: 'flow' }])
    expect(phone.batch.outbox).toMatchObject([
      { topic: 'offers', payload: { text: 'An offer.\nhttps://example.org/a.png' }, segments: 1 },
    ])
    expect(phone.events('consent.changed')).toMatchObject([
      { consent: 'out', topic: 'offers', source: 'flow', node: 'act' },
    ])
    expect(phone.row.suppressed).toEqual(['offers'])
  })

  test('who refuses all texts is as one who said STOP', () => {
    const phone = onePhone({ flows: [changing({ consent: 'out' })] })
    phone.says('go')
    expect(phone.row.suppressed).toEqual([''])
    expect(phone.says('go')).toEqual({ status: 'ignored', reason: 'opted-out' })
  })
})

test('what contacts are, flows see: groups decide which flow begins', () => {
  const phone = onePhone({
    flows: [sayingFlow(['on-mo', { word: 'hi' }], 'In {{ contact.groups | join: ", " }} of {{ channel.linkBase }}')],
    row: { rev: 3, contact: { ...nobody, fields: { a: null }, groups: { vip: 'x' }, lastHeardAt: NOON } },
  })
  phone.says('hi')
  expect(phone.texts).toEqual(['In vip of https://sms.example.org/l/'])
  expect(phone.batch.contacts).toEqual([])
})

test('opting in begins the flow that waits for it, once the flow that asked is at rest', () => {
  const asking = flowOf('asking', [
    ['start', 'keyword', { keywords: ['join'], match: 'exact' }, { next: 'agree' }],
    ['agree', 'act', { changes: [{ consent: 'in', topic: 'offers' }] }, { next: 'thanks' }],
    ['thanks', 'message', { text: 'Thanks.' }, { next: 'end' }],
    ['end', 'end', { outcome: 'completed' }],
  ])
  const phone = onePhone({ flows: [asking, sayingFlow(['on-opt-in'], 'Welcome to the offers.')] })
  phone.says('join')
  expect(phone.texts).toEqual(['Thanks.', 'Welcome to the offers.'])
  expect(phone.events('session.started')).toMatchObject([
    { flow: 'asking', source: 'mo' },
    { flow: 'saying', source: 'event' },
  ])
})
