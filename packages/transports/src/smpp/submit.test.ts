import { Buffer } from 'node:buffer'
import { decodeText, type NationalLanguage, segmentCount } from '@textloom/sms'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { readBody } from './deliver.ts'
import type { Pdu } from './pdu/pdu.ts'
import { type LongMessages, relativeTime, type SubmitSettings, submitRequests } from './submit.ts'

const settings: SubmitSettings = {
  source: {},
  destination: {},
  dataCoding0: 'gsm7',
  longMessages: 'udh8',
  nationalTables: [],
}

function fieldsOf(text: string, more: Partial<SubmitSettings> = {}) {
  return submitRequests(someMt({ text, reference: 0x1234 }), { ...settings, ...more }).map(({ fields = {} }) => fields)
}

describe('the coding', () => {
  test.each([
    { text: 'Hi @ €', dataCoding0: 'gsm7', data_coding: 0, hex: '48692000201b65'.replace('2001b65', '201b65') },
    { text: 'Hi é', dataCoding0: 'gsm7', data_coding: 0, hex: '48692005' },
    { text: 'Hi é', dataCoding0: 'latin1', data_coding: 0, hex: '486920e9' },
    { text: 'Hi é', dataCoding0: 'ascii', data_coding: 8, hex: '00480069002000e9' },
    { text: 'Hi @', dataCoding0: 'ascii', data_coding: 0, hex: '48692040' },
    { text: 'ő', dataCoding0: 'gsm7', data_coding: 8, hex: '0151' },
    { text: 'Ω', dataCoding0: 'latin1', data_coding: 8, hex: '03a9' },
    { text: 'á', dataCoding0: 'latin1', data_coding: 8, hex: '00e1' },
    { text: '🎉', dataCoding0: 'gsm7', data_coding: 8, hex: 'd83cdf89' },
  ] as const)('field trap 14: "$text" with data_coding 0 = $dataCoding0', ({ text, dataCoding0, data_coding, hex }) => {
    const [fields] = fieldsOf(text, { dataCoding0 })
    expect(fields).toMatchObject({ data_coding, esm_class: 0 })
    expect(Buffer.from(fields?.short_message ?? []).toString('hex')).toBe(hex)
  })
})

describe('field trap 16: long messages', () => {
  test('have a UDH with an 8-bit reference', () => {
    const parts = fieldsOf('a'.repeat(161))
    expect(parts.map(({ esm_class }) => esm_class)).toEqual([0x40, 0x40])
    expect(
      parts.map(({ short_message }) =>
        Buffer.from(short_message ?? [])
          .subarray(0, 6)
          .toString('hex'),
      ),
    ).toEqual(['050003340201', '050003340202'])
    expect(parts.map(({ short_message }) => short_message?.length)).toEqual([6 + 153, 6 + 8])
  })

  test('have one with a 16-bit reference where the link says so', () => {
    const [first] = fieldsOf('a'.repeat(161), { longMessages: 'udh16' })
    expect(
      Buffer.from(first?.short_message ?? [])
        .subarray(0, 7)
        .toString('hex'),
    ).toBe('06080412340201')
    expect(first?.short_message?.length).toBe(7 + 152)
  })

  test('have the sar_ fields where the link says so, and room for the header that the SMSC makes of them', () => {
    const parts = submitRequests(someMt({ text: 'a'.repeat(161), reference: 0x1234 }), {
      ...settings,
      longMessages: 'sar',
    })
    expect(parts.map(({ tlvs }) => tlvs)).toEqual([
      { sar_msg_ref_num: 0x1234, sar_total_segments: 2, sar_segment_seqnum: 1 },
      { sar_msg_ref_num: 0x1234, sar_total_segments: 2, sar_segment_seqnum: 2 },
    ])
    expect(parts.map(({ fields }) => [fields?.esm_class, fields?.short_message?.length])).toEqual([
      [0, 152],
      [0, 9],
    ])
  })

  test('go as one payload where the link says so', () => {
    const [whole, ...others] = submitRequests(someMt({ text: 'é'.repeat(161) }), {
      ...settings,
      longMessages: 'payload',
    })
    expect(others).toEqual([])
    expect(whole?.fields).toMatchObject({ data_coding: 0, esm_class: 0, short_message: new Uint8Array() })
    expect(whole?.tlvs?.message_payload).toEqual(new Uint8Array(161).fill(5))
  })

  test('announce the national tables that they are written with, in each part', () => {
    const parts = fieldsOf('doğru '.repeat(50), { nationalTables: ['turkish'] })
    const heads = parts.map(({ short_message }) => Buffer.from(short_message ?? []).toString('hex', 0, 9))
    expect(parts.map(({ data_coding, esm_class }) => [data_coding, esm_class])).toEqual(parts.map(() => [0, 0x40]))
    expect(heads).toEqual(['080003340301240101', '080003340302240101', '080003340303240101'])
  })

  test('joined, the parts are the text, in every alphabet', () => {
    const alphabets = fc.constantFrom<SubmitSettings['dataCoding0']>('gsm7', 'latin1', 'ascii')
    const ways = fc.constantFrom<LongMessages>('udh8', 'udh16', 'sar', 'payload')
    const tables = fc.subarray<NationalLanguage>(['turkish', 'portuguese'])
    const texts = fc.oneof(
      fc.string({ maxLength: 700 }),
      fc.string({ unit: fc.constantFrom(...'abcé€@{}ΩÄ'), maxLength: 700 }),
      fc.string({ unit: fc.constantFrom(...'abc ğışİ{€ãõ'), maxLength: 700 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    )
    fc.assert(
      fc.property(texts, alphabets, ways, tables, (text, dataCoding0, longMessages, nationalTables) => {
        const parts = submitRequests(someMt({ text }), { ...settings, dataCoding0, longMessages, nationalTables })
        const bodies = parts.map(({ command, fields, tlvs = {} }) =>
          readBody({ command, fields, tlvs, status: 0, sequence: 1 } as Pdu<'submit_sm'>, dataCoding0),
        )
        expect(bodies.map((body) => body.text).join('')).toBe(text.toWellFormed())
        for (const { octets, charset } of bodies) expect(decodeText(octets, charset ?? 'ucs2')).toBeDefined()
        for (const { fields } of parts) expect(fields?.short_message?.length).toBeLessThanOrEqual(160)
      }),
      { numRuns: 300 },
    )
  })

  test('with 8-bit references there are as many parts as the segment counter says', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abc€ő'), maxLength: 700 }), (text) => {
        expect(fieldsOf(text)).toHaveLength(segmentCount(text))
      }),
    )
  })

  test('of more than 255 parts are refused for good', () => {
    expect(() => fieldsOf('a'.repeat(153 * 255 + 1))).toThrow(
      expect.objectContaining({ code: 'smpp/too-many-segments', retry: 'never' }),
    )
  })
})

test('a receipt is asked for only where one is wanted', () => {
  const registered = (wantsDlr: boolean) =>
    submitRequests(someMt({ wantsDlr }), settings)[0]?.fields?.registered_delivery
  expect([registered(true), registered(false)]).toEqual([1, 0])
})

test.each([
  { ms: 0, time: '000000000001000R' },
  { ms: 59_999, time: '000000000059000R' },
  { ms: 3_600_000, time: '000000010000000R' },
  { ms: 86_400_000, time: '000001000000000R' },
  { ms: 3 * 86_400_000 + 4 * 3_600_000 + 5 * 60_000 + 6_000, time: '000003040506000R' },
  { ms: 45 * 86_400_000, time: '000115000000000R' },
  { ms: 400 * 86_400_000, time: '010105000000000R' },
])('a validity of $ms ms is $time', ({ ms, time }) => {
  expect(relativeTime(ms)).toBe(time)
})
