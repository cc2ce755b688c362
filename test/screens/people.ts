import { until } from '@textloom/runtime/testing/system'
import type { PicturedInstance } from './instance.ts'

/** The people and files that pictures ask for by id. */
export interface PreparedPeople {
  /** Somebody of whom much is known. */
  readonly knownPerson: string
  /** A file whose columns are being chosen. */
  readonly draftImport: string
  /** A file that was tried. */
  readonly triedImport: string
  /** One that is imported. */
  readonly finishedImport: string
}

interface Item {
  readonly id: string
  readonly state: string
}

const phone = (last: number) => `+447700902${String(last).padStart(3, '0')}`

/** Fills an instance with whom a clinic and its shop know. */
export async function preparePeople({ ask, upload }: PicturedInstance): Promise<PreparedPeople> {
  const fields = [
    { key: 'town', title: 'Town', type: 'text' },
    { key: 'appointment', title: 'Appointment', type: 'date' },
    { key: 'plan', title: 'Plan', type: 'choice', choices: ['Basic', 'Plus', 'Family'] },
  ]
  for (const field of fields) await ask('POST', '/fields', field)
  for (const [id, title] of [
    ['regulars', 'Regulars'],
    ['patients', 'Patients'],
    ['newsletter', 'Newsletter'],
  ])
    await ask('POST', '/groups', { id, title })
  await ask('POST', '/groups', {
    id: 'plus-in-leeds',
    title: 'Plus in Leeds',
    query: 'field.plan = Plus and field.town = Leeds',
  })
  for (const [index, [name, town, plan, groups]] of guests.entries()) {
    const appointment = `2027-01-${String(4 + index).padStart(2, '0')} ${10 + (index % 7)}:30`
    const known = { phone: phone(index), name, language: 'en', fields: { town, plan, appointment }, groups }
    await ask('POST', '/contacts', known)
  }
  const first = encodeURIComponent(phone(0))
  await ask('POST', `/contacts/${first}/consent`, {
    state: 'in',
    topic: 'newsletter',
    words: 'Yes, send me the shop’s news once a month.',
    source: 'form',
  })
  await ask('POST', `/contacts/${first}/notes`, { text: 'Prefers mornings. Parks at the back.' })
  for (const [from, text] of reviews) await ask('POST', '/channels/news/handset', { from: phone(from), text })
  await until(async () => (await ask<{ items: Item[] }>('GET', '/consent/reviews')).items.length > 1, 'texts to review')

  const uploaded = async (name: string, text: string) => (await upload<Item>(`/imports?name=${name}`, text)).id
  const comesTo = (id: string, state: string) =>
    until(async () => (await ask<Item>('GET', `/imports/${id}`)).state === state, `an import to be ${state}`)
  const tried = async (id: string) => {
    await ask('PUT', `/imports/${id}`, { rules: { country: 'GB', groups: ['newsletter'] } })
    await ask('POST', `/imports/${id}/check`)
    await comesTo(id, 'checked')
  }
  const finishedImport = await uploaded('loyalty-cards.csv', fileOf(300, 24, ','))
  await tried(finishedImport)
  await ask('POST', `/imports/${finishedImport}/run`)
  await comesTo(finishedImport, 'done')
  const triedImport = await uploaded(
    'market-stall.csv',
    `${fileOf(318, 40, ';')}ask at the till;Somebody;York;Plus\r\n`,
  )
  await tried(triedImport)
  const draftImport = await uploaded('open-day.csv', fileOf(500, 12, ';'))
  return { knownPerson: first, draftImport, triedImport, finishedImport }
}

/** What a till writes: national numbers, and towns that repeat. */
function fileOf(from: number, count: number, between: string): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const [name, town, plan] = guests[(index * 5) % guests.length] ?? guests[0]
    return [`07700 902${from + index}`, name, town, plan].join(between)
  })
  return [['Phone', 'Name', 'Town', 'Plan'].join(between), ...lines, ''].join('\r\n')
}

const guests: readonly [
  readonly [string, string, string, readonly string[]],
  ...(readonly [string, string, string, readonly string[]])[],
] = [
  ['Harriet Lowe', 'Leeds', 'Plus', ['regulars', 'newsletter']],
  ['Idris Bello', 'York', 'Family', ['patients']],
  ['Marta Nowak', 'Leeds', 'Plus', ['patients', 'regulars']],
  ['Owen Pryce', 'Hull', 'Basic', []],
  ['Priya Raman', 'Bath', 'Family', ['newsletter']],
  ['Søren Dahl', 'Whitby', 'Basic', ['regulars']],
  ['Yuki Mori', 'Leeds', 'Plus', ['patients']],
  ['Zoë Fournier', 'York', 'Basic', ['newsletter', 'regulars']],
]

const reviews = [
  [3, 'please stop texting me'],
  [5, 'take me off your list'],
  [7, 'stop it please, wrong number'],
] as const
