import { readFileSync } from 'node:fs'
import type { FlowDocument } from '@textloom/core'
import { type SmscProcess, until } from '@textloom/runtime/testing/system'
import { type PreparedCampaigns, prepareCampaigns } from './campaigns.ts'
import type { PicturedInstance } from './instance.ts'
import { orderHelp, rateUs } from './order-help.ts'
import { type PreparedPeople, preparePeople } from './people.ts'
import { shopAnswers } from './shop-answers.ts'
import { springOffer } from './spring-offer.ts'

/** What the pictures ask for by id. */
export interface Prepared extends PreparedCampaigns, PreparedPeople {
  /** A conversation that waits for a reply. */
  readonly runningSession: string
  readonly failedSession: string
  /** One that a person had, and that is in a called flow now. */
  readonly calledSession: string
  /** A ticket of the one who looks, with a text that waits for an answer. */
  readonly openTicket: string
  /** One that is over, while its conversation goes on. */
  readonly closedTicket: string
}

interface SessionItem {
  readonly id: string
  readonly flow: string
  readonly state: string
  readonly node: string | null
  readonly outcome: string | null
}

/** Fills an instance as a busy Thursday morning would: flows, channels, people and what they said. */
export async function prepare(instance: PicturedInstance & { smsc: SmscProcess }): Promise<Prepared> {
  const { ask, smsc } = instance
  await ask('POST', '/channels', { id: 'shop-phones', address: '+44 7700 900123', link: 'phone' })
  await ask('POST', '/links', {
    id: 'backup-route',
    kind: 'smpp',
    host: '127.0.0.1',
    port: 1,
    systemId: 'northwind',
    password: 'kept-quiet',
  })
  await ask('POST', '/channels', { id: 'backup', address: '5050', link: 'backup-route' })
  const { items: users } = await ask<{ items: { id: string }[] }>('GET', '/users')
  for (const { id } of users) await ask('PUT', `/users/${id}`, { name: 'Ana Silva' })
  for (const [email, name, role] of people) await ask('POST', '/users', { email, name, role })
  await ask('POST', '/keys', { label: 'Shop till', scopes: ['messages:write'] })
  await ask('POST', '/keys', { label: 'Weekly report', scopes: ['sessions:read', 'messages:read'] })

  for (const queue of queues) await ask('POST', '/queues', queue)

  const publish = async (flow: FlowDocument, channels: readonly string[], ...notes: readonly string[]) => {
    for (const [index, note] of notes.entries()) {
      const isLast = index === notes.length - 1
      const version = isLast ? flow : { ...flow, name: `${flow.name}, version ${index + 1}` }
      await ask('POST', '/flows/import?existing=replace', version)
      await ask('POST', `/flows/${flow.id}/publish`, { channels, note })
    }
  }
  await publish(example('help-menu'), ['4040'], 'First version', 'Opening hours on Saturdays')
  await publish(example('nps-survey'), ['shop-phones'], 'First version')
  await publish(example('short-code-vote'), ['4040'], 'Three bands', 'A fourth band', 'Thanks after voting')
  await publish(
    springOffer,
    ['shop-phones', '4040'],
    'First version',
    'Codes from the shop',
    'STOP line in the last text',
  )
  await publish(rateUs, ['shop-phones'], 'First version')
  await publish(orderHelp, ['shop-phones'], 'First version')
  await publish(receipts, ['shop-phones'], 'First version')
  await ask('POST', '/flows', example('appointment-reminder'))
  await ask('POST', '/flows', { ...springOffer, id: 'summer-offer', name: 'Summer offer' })
  await ask('POST', '/flows', shopAnswers)
  await ask('POST', '/flows', unfinished)

  await until(async () => (await linkState(ask, 'carrier')) === 'bound', 'the link to be bound')
  for (const { by, texts, phone } of conversations) {
    for (const text of texts) {
      if (by === 'smsc') smsc.says(phone, text)
      else await ask('POST', '/channels/shop-phones/handset', { from: phone, text })
    }
  }
  const sessions = await until(async () => {
    const { items } = await ask<{ items: SessionItem[] }>('GET', '/sessions?limit=200')
    const isSettled =
      items.every(({ state }) => state !== 'queued') && items.some(({ outcome }) => outcome === 'failed')
    return isSettled && items.length >= conversations.length - strangers && items
  }, 'everybody to be heard')
  await until(async () => (await ask<{ items: unknown[] }>('GET', '/dead-letters')).items.length > 0, 'dead letters')
  const tickets = await answer(ask)
  return {
    ...(await prepareCampaigns(instance)),
    ...(await preparePeople(instance)),
    ...tickets,
    runningSession: one(sessions, ({ flow, node }) => flow === 'spring-offer' && node === 'town'),
    failedSession: one(sessions, ({ outcome }) => outcome === 'failed'),
  }
}

/** What an agent did this morning. */
async function answer(
  ask: PicturedInstance['ask'],
): Promise<Pick<Prepared, 'calledSession' | 'openTicket' | 'closedTicket'>> {
  const { items: tickets } = await until(async () => {
    const page = await ask<{ items: TicketItem[] }>('GET', '/tickets?limit=50')
    return page.items.length === desk.length && page
  }, 'the tickets')
  const says = (from: string, text: string) => ask('POST', '/channels/shop-phones/handset', { from, text })
  const ticketOf = (number: string) => tickets.find((ticket) => ticket.phone === number)?.id ?? ''
  for (const { phone: number, deeds } of desk) {
    const id = ticketOf(number)
    for (const { reply, note, says: text, claim, close } of deeds) {
      if (claim) await ask('POST', `/tickets/${id}/claim`)
      if (reply) await ask('POST', `/tickets/${id}/reply`, { text: reply })
      if (note) await ask('POST', `/tickets/${id}/notes`, { text: note })
      if (text) await says(number, text)
      if (close) await ask('POST', `/tickets/${id}/close`, { outcome: close })
    }
  }
  const { items: people } = await ask<{ items: { id: string }[] }>('GET', '/tickets/assignees')
  await ask('PUT', `/queues/${care.id}`, { ...care, ...careHours, members: people.map(({ id }) => id) })
  const called = await until(async () => {
    const { items } = await ask<{ items: (SessionItem & { nodeFlow: string | null })[] }>(
      'GET',
      '/sessions?flow=order-help&limit=50',
    )
    return items.find(({ nodeFlow }) => nodeFlow === 'rate-us')
  }, 'somebody to be asked how it went')
  return { calledSession: called.id, openTicket: ticketOf(phone(610)), closedTicket: ticketOf(phone(612)) }
}

interface TicketItem {
  readonly id: string
  readonly phone: string
}

function one(sessions: readonly SessionItem[], fits: (session: SessionItem) => boolean): string {
  const found = sessions.find(fits)
  if (found === undefined) throw new Error('A session of the pictures is missing.')
  return found.id
}

async function linkState(ask: PicturedInstance['ask'], link: string): Promise<string | undefined> {
  const { items } = await ask<{ items: { id: string; state: string }[] }>('GET', '/links')
  return items.find(({ id }) => id === link)?.state
}

function example(name: string): FlowDocument {
  return JSON.parse(readFileSync(new URL(`../../examples/${name}/flow.json`, import.meta.url), 'utf8'))
}

const people = [
  ['ben@northwind.example', 'Ben Okafor', 'editor'],
  ['carla@northwind.example', 'Carla Ruiz', 'supervisor'],
  ['dev@northwind.example', 'Dev Patel', 'operator'],
  ['emi@northwind.example', 'Emi Tanaka', 'viewer'],
] as const

/** One whose text cannot be filled in: too much is made of it. */
const receipts: FlowDocument = {
  ...springOffer,
  id: 'receipts',
  name: 'Receipts by text',
  variables: [{ name: 'lines', type: 'text' }],
  nodes: [
    { id: 'start', type: 'keyword', position: { x: 0, y: 0 }, data: { keywords: ['RECEIPT'], match: 'exact' } },
    {
      id: 'which',
      type: 'ask',
      position: { x: 0, y: 180 },
      data: {
        text: 'Which order? Reply with its number.',
        kind: 'text',
        variable: 'lines',
        retries: 0,
        timeout: 'PT1H',
      },
    },
    {
      id: 'receipt',
      type: 'message',
      position: { x: 0, y: 460 },
      data: {
        text: 'Order {{ vars.lines }}: {% for a in (1..9999) %}{% for b in (1..9999) %}-{% endfor %}{% endfor %}',
      },
    },
    { id: 'end', type: 'end', position: { x: 0, y: 640 }, data: { outcome: 'completed' } },
  ],
  edges: [
    { id: 'e0', source: 'start', sourceHandle: 'next', target: 'which' },
    { id: 'e1', source: 'which', sourceHandle: 'next', target: 'receipt' },
    { id: 'e2', source: 'which', sourceHandle: 'timeout', target: 'end' },
    { id: 'e3', source: 'receipt', sourceHandle: 'next', target: 'end' },
  ],
}

/** One that somebody has only begun to draw. */
const unfinished: FlowDocument = {
  ...springOffer,
  id: 'stock-alerts',
  name: 'Stock alerts',
  nodes: springOffer.nodes.flatMap((node) => {
    if (['shop', 'gone', 'voucher'].includes(node.id)) return []
    if (node.id === 'later') return [{ ...node, data: { text: '' } }]
    if (node.id === 'sent') return [{ ...node, data: { text: 'Back in stock: {{ vars.item }}!' } }]
    return [node]
  }),
  edges: springOffer.edges.filter(({ source, target }) =>
    [source, target].every((id) => !['shop', 'gone', 'voucher'].includes(id)),
  ),
}

const phone = (number: number) => `+4477009${String(number).padStart(5, '0')}`
const strangers = 2

const care = { id: 'support', name: 'Customer care', timezone: 'Europe/London', maxWait: 'PT1H' }

const queues = [
  care,
  { id: 'orders', name: 'Orders', parent: care.id, topics: ['delivery', 'refund'] },
  { id: 'returns', name: 'Returns', parent: care.id },
]

/** What it has once the pictures' tickets are there, on whatever day they are taken. */
const careHours = {
  hours: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' },
    { days: ['sat'], from: '09:00', to: '13:00' },
  ],
  holidays: ['2026-04-03', '2026-12-25'],
}

/** Those whose order is late, and what was done about it. */
const desk: readonly {
  readonly phone: string
  readonly texts: readonly string[]
  readonly deeds: readonly {
    readonly reply?: string
    readonly note?: string
    readonly says?: string
    readonly claim?: true
    readonly close?: 'resolved' | 'unavailable'
  }[]
}[] = [
  {
    phone: phone(612),
    texts: ['ORDER', 'Mark Ellery', '77102'],
    deeds: [
      { claim: true },
      { reply: 'Good morning Mark, your parcel left Hull last night and comes today before noon.' },
      { says: 'Perfect, thank you' },
      { close: 'resolved' },
      { says: '5' },
      { says: 'SPRING' },
    ],
  },
  {
    phone: phone(614),
    texts: ['ORDER', 'Aisha Rahman', '77131'],
    deeds: [{ reply: 'Hello Aisha, a new one is on its way. Sorry for the wait!' }, { close: 'resolved' }],
  },
  {
    phone: phone(610),
    texts: ['ORDER', 'Rosa Marín', '77120'],
    deeds: [
      { claim: true },
      { reply: 'Hello Rosa, this is Ana. I look where your order is.' },
      { note: 'Parcel has been in Leeds since Monday. Asked the carrier to send it out again.' },
      { reply: 'It waits in Leeds and comes tomorrow. Is somebody at home after 4?' },
      { says: 'Yes, after five would be best. Could they ring the side door?' },
    ],
  },
  { phone: phone(616), texts: ['ORDER', 'Tom Whitby', '77144'], deeds: [{ claim: true }] },
  { phone: phone(618), texts: ['ORDER', 'Jun Sato', '77149'], deeds: [{ says: 'Two of the three jars were broken' }] },
  { phone: phone(620), texts: ['ORDER', 'Nell Barker', '77151'], deeds: [] },
]

const conversations: readonly { by: 'smsc' | 'handset'; phone: string; texts: readonly string[] }[] = [
  ...[['MENU', '2', 'slow', 'yes', 'opening hours', 'no'], ['MENU', '1', '1', 'no'], ['INFO', '4'], ['MENU']].map(
    (texts, index) => ({ by: 'smsc' as const, phone: phone(102 + index), texts }),
  ),
  ...[
    ['SURVEY', '9', 'The breakfast', 'no'],
    ['SURVEY', '3', 'The room was noisy', 'yes'],
    ['SURVEY', '10'],
  ].map((texts, index) => ({ by: 'handset' as const, phone: phone(210 + index), texts })),
  ...desk.map(({ phone: from, texts }) => ({ by: 'handset' as const, phone: from, texts })),
  { by: 'handset', phone: phone(318), texts: ['RECEIPT', '77120'] },
  { by: 'handset', phone: phone(320), texts: ['hello?'] },
  { by: 'handset', phone: phone(321), texts: ['Is the shop in Leeds open today'] },
  ...[
    ['SPRING', 'what', '1', 'Leeds'],
    ['SPRING', 'perhaps', 'no idea'],
    ['offer', '1', 'York'],
    ['SPRING', 'shop'],
    ['Offer'],
    ['SPRING', '1', 'Hull'],
    ['SPRING', 'STOP'],
    ['SPRING', 'where', 'Whitby'],
    ['SPRING'],
    ['SPRING', 'shops near me', 'Bath'],
    ['SPRING', 'hm?', '1'],
  ].map((texts, index) => ({ by: 'handset' as const, phone: phone(400 + 7 * index), texts })),
]
