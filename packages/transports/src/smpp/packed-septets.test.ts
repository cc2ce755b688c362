import { Buffer } from 'node:buffer'
import { decodeText, nationalCharset } from '@textloom/sms'
import { describe, expect, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { readMo } from './deliver.ts'
import { decodePdu } from './pdu/decode.ts'
import { encodePdu } from './pdu/encode.ts'
import type { Pdu } from './pdu/pdu.ts'
import { type SubmitSettings, submitRequests } from './submit.ts'

const settings: SubmitSettings = {
  source: {},
  destination: {},
  dataCoding0: 'gsm7',
  packedSeptets: true,
  longMessages: 'udh8',
  nationalTables: [],
}

function bodies(text: string, more: Partial<SubmitSettings> = {}) {
  return submitRequests(someMt({ text, reference: 1 }), { ...settings, ...more }).map((request) => {
    const pdu = decodePdu(encodePdu({ ...request, sequence: 1 })) as Pdu<'submit_sm'>
    return { pdu, hex: Buffer.from(pdu.fields.short_message).toString('hex') }
  })
}

/** What comes back when the same octets come in. */
function readBack(text: string, more: Partial<SubmitSettings> = {}): string {
  return bodies(text, more)
    .map(({ pdu }) => readMo(pdu, { dataCoding0: 'gsm7', packedSeptets: true, moId: () => 'mo' }).text)
    .join('')
}

describe('field trap 15: packed septets', () => {
  test.each([
    { text: 'hellohello', hex: 'e8329bfd4697d9ec37', what: 'eight in seven octets' },
    { text: '@', hex: '00', what: 'an @ alone, which is not padding' },
    { text: 'AAAAAAA', hex: 'c16030180c061b', what: 'seven spare bits, filled so that they are no @' },
  ])('$what', ({ text, hex }) => {
    expect(bodies(text)).toMatchObject([{ hex }])
    expect(readBack(text)).toBe(text)
  })

  test.each(['udh8', 'udh16', 'sar'] as const)('begin on a septet behind a header (%s)', (longMessages) => {
    // An @ that ends a full segment cannot be told from padding (3GPP TS 23.038 §6.1.2.3.1): none of these does.
    const text = `@@${'abc@'.repeat(60)}€`
    expect(bodies(text, { longMessages })).toHaveLength(2)
    expect(readBack(text, { longMessages })).toBe(text)
  })

  test('with national tables too', () => {
    expect(readBack('Ağşamı ısırdı', { nationalTables: ['turkish'] })).toBe('Ağşamı ısırdı')
    expect(decodeText(Uint8Array.of(0x1b, 0x67), nationalCharset({ singleShift: 'turkish' }))).toBe('ğ')
  })

  test('leave other alphabets alone', () => {
    expect(bodies('ő')).toMatchObject([{ hex: '0151' }])
    expect(readBack('ő')).toBe('ő')
    expect(bodies('hello', { dataCoding0: 'latin1' })).toMatchObject([{ hex: Buffer.from('hello').toString('hex') }])
  })
})
