import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { smppConfigSchema } from './config.ts'
import { readDeliver } from './deliver.ts'
import { decodePdu } from './pdu/decode.ts'
import { encodePdu } from './pdu/encode.ts'
import type { Pdu } from './pdu/pdu.ts'
import { submitRequests } from './submit.ts'

const least = { host: 'smsc.example', systemId: 'tl' }

function configOf(more: object) {
  return smppConfigSchema.parse({ ...least, ...more })
}

/** The TLVs that no table knows of each submit_sm, as they are on the wire. */
function sent(more: object, text = 'Hello') {
  const { sourceTon, sourceNpi, destTon, destNpi, ...config } = configOf(more)
  const settings = {
    ...config,
    source: { ton: sourceTon, npi: sourceNpi },
    destination: { ton: destTon, npi: destNpi },
  }
  const requests = submitRequests(someMt({ key: 'k-1', from: '4040', to: '+36301234567', text }), settings)
  return requests.map((request) => {
    const { tlvs } = decodePdu(encodePdu({ ...request, sequence: 1 })) as Pdu<'submit_sm'>
    return tlvs.unknown?.map(({ tag, octets }) => `${tag.toString(16)}=${Buffer.from(octets).toString('hex')}`)
  })
}

describe('TLVs that are sent', () => {
  test.each([
    { type: 'text', value: 'campaign-7', hex: Buffer.from('campaign-7').toString('hex') },
    { type: 'text', value: '{{toDigits}}/{{ id }}', hex: Buffer.from('36301234567/k-1').toString('hex') },
    { type: 'cstring', value: '{{from}}', hex: `${Buffer.from('4040').toString('hex')}00` },
    { type: 'text', value: 'é', hex: 'e9' },
    { type: 'int8', value: '7', hex: '07' },
    { type: 'int16', value: '513', hex: '0201' },
    { type: 'int32', value: '4294967295', hex: 'ffffffff' },
    { type: 'hex', value: '00FFa1', hex: '00ffa1' },
    { type: 'hex', value: '', hex: '' },
  ])('$type "$value" is $hex', ({ type, value, hex }) => {
    expect(sent({ submitTlvs: { '0x1401': { type, value } } })).toEqual([[`1401=${hex}`]])
  })

  test('stand on every segment, and beside the sar_ fields and the payload', () => {
    const submitTlvs = { '0x1401': { value: 'x' } }
    const long = 'abc'.repeat(100)
    expect(sent({ submitTlvs }, long)).toEqual([['1401=78'], ['1401=78']])
    expect(sent({ submitTlvs, longMessages: 'sar' }, long)).toEqual([['1401=78'], ['1401=78']])
    expect(sent({ submitTlvs, longMessages: 'payload' }, long)).toEqual([['1401=78']])
  })

  test.each([
    { tlvs: { '5121': { value: 'x' } }, says: 'must be a tag such as 0x1401' },
    { tlvs: { '0x1401': { value: '{{text}}' } }, says: 'there are {{to}}, {{toDigits}}' },
    { tlvs: { '0x1401': { value: '日本' } }, says: 'not one octet' },
    { tlvs: { '0x1401': { type: 'int8', value: '256' } }, says: 'a whole number of 1 octets' },
    { tlvs: { '0x1401': { type: 'int16', value: '{{to}}' } }, says: 'a whole number of 2 octets' },
    { tlvs: { '0x1401': { type: 'hex', value: 'abc' } }, says: 'hex octets' },
  ])('$tlvs are refused', ({ tlvs, says }) => {
    const { error } = smppConfigSchema.safeParse({ ...least, submitTlvs: tlvs })
    expect(JSON.stringify(error?.issues)).toContain(says)
  })
})

describe('TLVs that come in', () => {
  const received = (tlvs: Pdu<'deliver_sm'>['tlvs'], deliverTlvs: object) => {
    const fields = { source_addr: '36301234567', destination_addr: '4040', short_message: Buffer.from('YES') }
    const pdu = decodePdu(encodePdu({ command: 'deliver_sm', sequence: 7, fields, tlvs })) as Pdu<'deliver_sm'>
    return readDeliver(pdu, {
      dataCoding0: 'gsm7',
      deliverTlvs: configOf({ deliverTlvs }).deliverTlvs,
      moId: () => 'mo',
    })
  }
  const vendor = (text: string) => ({ unknown: [{ tag: 0x1403, octets: Buffer.from(text, 'latin1') }] })

  test.each([
    { type: 'text', tlvs: vendor('21630\0'), value: '21630' },
    { type: 'hex', tlvs: vendor('\u0001\u00ff'), value: '01ff' },
    { type: 'integer', tlvs: vendor('\u0002\u0001'), value: 513 },
  ])('are kept by name, as $type', ({ type, tlvs, value }) => {
    expect(received(tlvs, { network: { tag: '0x1403', type } })).toMatchObject({
      type: 'mo',
      facts: { network: value },
    })
  })

  test('may be those of the specification', () => {
    const named = { port: { tag: '0x020A', type: 'integer' }, reference: { tag: '0x0204' } }
    expect(received({ source_port: 99, user_message_reference: 5 }, named)).toMatchObject({
      facts: { port: 99, reference: '5' },
    })
  })

  test('that are absent leave no trace', () => {
    expect(received({}, { network: { tag: '0x1403' } })).not.toHaveProperty('facts')
  })
})
