import { until } from '@textloom/runtime/testing/system'
import type { PicturedInstance } from './instance.ts'

/** The campaigns that pictures ask for by id. */
export interface PreparedCampaigns {
  /** A draft that was checked, with something to say about it. */
  readonly checkedCampaign: string
  /** Reminders of dates, being written. */
  readonly reminderDraft: string
  /** An alert, being written. */
  readonly alertDraft: string
  /** One that is through, with replies. */
  readonly finishedCampaign: string
}

interface Item {
  readonly id: string
  readonly state: string
  readonly progress: { readonly delivered: number; readonly replied: number; readonly optedOut: number }
}

const group = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `+447700900${String(from + index).padStart(3, '0')}`)

const shared = { channel: 'news', consent: 'not-refused', timezone: 'Europe/London', quiet: null }
const wednesday = ['yes', 'Yes please', 'YES', 'yes', 'no', 'Yes', 'maybe later', 'no', 'yes', 'No thanks', 'no', 'yes']

/** Fills an instance with what a shop sends to many. */
export async function prepareCampaigns({ ask }: Pick<PicturedInstance, 'ask'>): Promise<PreparedCampaigns> {
  const written = async (definition: object) => (await ask<Item>('POST', '/campaigns', { ...shared, ...definition })).id
  const launched = async (id: string) => {
    const { digest } = await ask<{ digest: string }>('POST', `/campaigns/${id}/check`)
    await ask('POST', `/campaigns/${id}/launch`, { digest })
  }
  const says = (last: number, text: string) => ask('POST', '/channels/news/handset', { from: group(last, 1)[0], text })
  const seen = (id: string) => ask<Item>('GET', `/campaigns/${id}`)
  await ask('POST', '/channels', {
    id: 'news',
    address: '+44 7700 900124',
    link: 'phone',
    messagesPerSecond: 50,
    fallbackText: 'Thank you! We have noted it.',
  })
  await ask('PUT', '/campaigns/prices', {
    currency: 'GBP',
    prices: [
      { prefix: '+44', price: 0.038, name: 'United Kingdom' },
      { prefix: '+33', price: 0.061, name: 'France' },
    ],
  })

  const finishedCampaign = await written({
    name: 'Late opening on Wednesday',
    content: {
      kind: 'message',
      variants: [
        { id: 'A', texts: { en: 'We are open until 10 pm on Wednesday. Shall we keep you a seat? Reply YES or NO.' } },
        { id: 'B', texts: { en: 'Wednesday is late night at the shop: open until 10 pm. Coming? YES or NO.' } },
      ],
    },
    audience: { phones: group(800, 48) },
    schedule: { kind: 'now' },
  })
  await launched(finishedCampaign)
  await until(async () => (await seen(finishedCampaign)).progress.delivered === 48, 'the campaign to arrive')
  for (const [index, text] of wednesday.entries()) await says(800 + index, text)
  await says(840, 'STOP')
  await until(async () => {
    const { state, progress } = await seen(finishedCampaign)
    return state === 'finished' && progress.replied === wednesday.length && progress.optedOut === 1
  }, 'replies to the campaign')

  const paused = await written({
    name: 'Loyalty points for December',
    content: {
      kind: 'message',
      variants: [{ id: 'A', texts: { en: 'You have points to spend until Christmas Eve.' } }],
    },
    audience: { phones: group(800, 90) },
    schedule: { kind: 'now' },
    perMinute: 600,
  })
  await launched(paused)
  await until(async () => (await seen(paused)).progress.delivered >= 20, 'half of the campaign')
  await ask('POST', `/campaigns/${paused}/pause`)

  const reminderDraft = await written({
    name: 'Appointment reminders',
    content: {
      kind: 'message',
      variants: [{ id: 'A', texts: { en: 'Hello {{ contact.name }}, see you at {{ contact.fields.appointment }}.' } }],
    },
    audience: { groups: ['patients'] },
    schedule: { kind: 'relative', field: 'appointment', offsets: [{ days: -1, time: '18:00' }, { minutes: -120 }] },
    quiet: { from: '21:00', to: '08:00' },
  })
  const alertDraft = await written({
    name: 'Water main burst in Mill Street',
    content: {
      kind: 'message',
      variants: [
        {
          id: 'A',
          texts: { en: 'URGENT: Mill Street is flooded, leave by Church Road. Reply OK when you have read this.' },
        },
      ],
    },
    audience: { phones: group(800, 20) },
    schedule: { kind: 'now' },
    alert: { reason: 'Homes are being flooded tonight.' },
  })
  const checkedCampaign = await written({
    name: 'New opening hours',
    content: {
      kind: 'message',
      variants: [
        {
          id: 'A',
          texts: {
            en: 'Dear {{ contact.name | default: "customer" }}, from Monday we open at 8.',
            fr: 'Dès lundi, nous ouvrons à 8 h. À bientôt !',
          },
        },
      ],
    },
    audience: { phones: [...group(800, 60), '+33612345678', '+33612345679', '+4915112345678'] },
    schedule: { kind: 'once', date: '2027-01-04', time: '07:30', clock: 'contact' },
    quiet: { from: '21:00', to: '08:00' },
  })
  await ask('POST', `/campaigns/${checkedCampaign}/check`)
  return { checkedCampaign, reminderDraft, alertDraft, finishedCampaign }
}
