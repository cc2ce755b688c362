import type { Scope } from '@textloom/core'
import { describe, expect, test } from 'vitest'
import { dateOrderOf, type RecogniseContext, recogniseContextOf } from './context.ts'
import { recogniseDate } from './date.ts'
import { recogniseEmail } from './email.ts'
import { recogniseNumber } from './number.ts'
import { recognisePhone } from './phone.ts'
import cases from './recognise.cases.json' with { type: 'json' }
import { recogniseTime } from './time.ts'

interface RecogniseCase {
  readonly text: string
  readonly language?: string
  readonly country?: string
  readonly timeZone?: string
  /** ISO 8601; Thursday, 5 March 2026, noon in UTC when absent. */
  readonly now?: string
  readonly value: string | number | null
}

function contextOf({ language = 'en', country, timeZone = 'UTC', now = '2026-03-05T12:00:00Z' }: RecogniseCase) {
  const order = dateOrderOf(language, country)
  return { now: Date.parse(now), timeZone, language, dateOrder: order, ...(country ? { country } : {}) }
}

const recognisers: { readonly [kind: string]: (text: string, context: RecogniseContext) => unknown } = {
  number: (text, context) => recogniseNumber(text, context)?.value,
  date: (text, context) => recogniseDate(text, context)?.value,
  time: (text, context) => recogniseTime(text, context)?.value,
  email: (text) => recogniseEmail(text)?.value,
  phone: (text, context) => recognisePhone(text, context)?.value,
}

const table: { readonly [kind: string]: readonly RecogniseCase[] } = cases

describe.each(Object.entries(recognisers))('a %s', (kind, recognise) => {
  test.each(table[kind] ?? [])('of $text ($language $country) is $value', (row) => {
    expect(recognise(row.text, contextOf(row)) ?? null).toBe(row.value)
  })
})

describe('the writer of a text', () => {
  const of = (contact: Partial<Scope['context']['contact']>, channel: Partial<Scope['context']['channel']>) => {
    const context = {
      contact: { phone: '+36301234567', fields: {}, groups: [], ...contact },
      channel: { id: '4040', ...channel },
    }
    const { now: _, ...writer } = recogniseContextOf({ context, now: 0 } as unknown as Scope)
    return writer
  }

  test.each([
    { contact: {}, channel: {}, writer: { timeZone: 'UTC', language: 'en', dateOrder: 'MDY' } },
    {
      contact: { language: 'hu', timezone: 'Europe/Budapest' },
      channel: { country: 'RO', timezone: 'Europe/Bucharest' },
      writer: { timeZone: 'Europe/Budapest', language: 'hu', dateOrder: 'DMY', country: 'RO' },
    },
    {
      contact: { timezone: 'Mars/Olympus' },
      channel: { languages: ['fr', 'en'], timezone: 'Europe/Paris' },
      writer: { timeZone: 'Europe/Paris', language: 'fr', dateOrder: 'DMY' },
    },
    {
      contact: { language: 'pt-BR' },
      channel: {},
      writer: { timeZone: 'UTC', language: 'pt-BR', dateOrder: 'DMY', country: 'BR' },
    },
    {
      contact: { language: 'zh-Hant' },
      channel: {},
      writer: { timeZone: 'UTC', language: 'zh-Hant', dateOrder: 'YMD' },
    },
  ])('is $writer for the contact $contact on the channel $channel', ({ contact, channel, writer }) => {
    expect(of(contact, channel)).toEqual(writer)
  })

  test.each([
    ['en', 'US', 'MDY'],
    ['en', 'GB', 'DMY'],
    ['en', 'CA', 'YMD'],
    ['hu', 'HU', 'YMD'],
    ['de', 'HU', 'YMD'],
    ['id', undefined, 'DMY'],
    ['ja', undefined, 'YMD'],
    ['en', 'ZA', 'YMD'],
    ['af', 'ZA', 'DMY'],
  ])('writes %s dates of the country %s as %s', (language, country, order) => {
    expect(dateOrderOf(language, country)).toBe(order)
  })
})

test('a long text has an answer at once', () => {
  const writer = contextOf({ text: '', language: 'hu', country: 'HU', value: null })
  const pieces = ['1.', '1 ', '1/', '5 ', '(1', '1:', 'a@a.', '今', '1月', '下午', 'ma ']
  for (const recognise of Object.values(recognisers)) recognise('warm up', writer)
  const startMs = performance.now()
  for (const piece of pieces) {
    for (const recognise of Object.values(recognisers)) recognise(piece.repeat(5_000), writer)
  }
  expect(performance.now() - startMs).toBeLessThan(5_000)
})
