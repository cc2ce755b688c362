import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MoIds } from '../connection/mo-ids.ts'
import { FrameError } from '../framed/frame.ts'
import { fromNumber } from '../framed/numbers.ts'
import { someMt } from '../testing/conformance.ts'
import { fromSender, toRecipient, toSender } from './address.ts'
import { ucpClient } from './client.ts'
import { type UcpConfig, ucpConfigSchema } from './config.ts'
import { type UcpFrame, ucpAck, ucpNack, ucpRequest } from './frame.ts'
import { UcpMessageIds } from './message-ids.ts'
import { refusalOf, refusedLogin, refusedMt } from './refusal.ts'
import { decodeXser, encodeXser, XSER } from './xser.ts'

const noon = Date.UTC(2026, 10, 28, 12, 0, 0)

function client(more: Partial<UcpConfig> = {}) {
  const config = ucpConfigSchema.parse({ host: 'h', port: 5000, user: '4040', password: 'secret', ...more })
  return ucpClient(config, () => noon)
}

const fieldsOfMt = (mt: Parameters<typeof someMt>[0], more: Partial<UcpConfig> = {}) =>
  client(more)
    .submits(someMt(mt))
    .map(({ fields }) => fields)

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex').toUpperCase()

describe('an MT', () => {
  test('is an operation 51 with its characters in hex', () => {
    expect(client().submits(someMt({ text: 'Hi @ €' }))).toEqual([
      ucpRequest('51', { AdC: '0036301234567', OAdC: '4040', MT: '3', Msg: '48692000201B65' }),
    ])
  })

  test('that GSM 7-bit has not the characters for is transparent data with its coding', () => {
    expect(fieldsOfMt({ text: 'ő' })).toMatchObject([{ MT: '4', NB: '0016', Msg: '0151', XSer: '020108' }])
  })

  test('of several segments has a header in XSer', () => {
    const parts = fieldsOfMt({ text: 'ő'.repeat(100), reference: 0x1245 })
    expect(parts.map(({ XSer }) => XSer)).toEqual(['0106050003450201020108', '0106050003450202020108'])
    const [first] = fieldsOfMt({ text: 'x'.repeat(200), reference: 0x1245 }, { longMessages: 'udh16' })
    expect(first).toMatchObject({ MT: '3', XSer: '010706080412450201' })
  })

  test('in IRA has ASCII in hex, and goes as UCS-2 where ASCII is not enough', () => {
    expect(fieldsOfMt({ text: 'a@b' }, { alphabet: 'ira' })).toMatchObject([{ MT: '3', Msg: hex('a@b') }])
    expect(fieldsOfMt({ text: 'é' }, { alphabet: 'ira' })).toMatchObject([{ MT: '4', Msg: '00E9' }])
  })

  test('asks for receipts of delivery and of failure, where the link says to', () => {
    expect(fieldsOfMt({ wantsDlr: true })).toMatchObject([{ NRq: '1', NT: '3' }])
    const more = { notificationAddress: '4040', notificationPid: '0539' }
    expect(fieldsOfMt({ wantsDlr: true }, more)).toMatchObject([{ NAdC: '4040', NPID: '0539' }])
    expect(fieldsOfMt({ wantsDlr: false }, more)[0]).not.toHaveProperty('NAdC')
  })

  test('has its validity as a time of the clock of the SMSC', () => {
    expect(fieldsOfMt({ validityMs: 3_600_000 })).toMatchObject([{ VP: '2811261300' }])
    expect(fieldsOfMt({ validityMs: 3_600_000 }, { timezone: 'Europe/Budapest' })).toMatchObject([{ VP: '2811261400' }])
  })

  test('to somebody who is no number, or from a name too long, cannot be written', () => {
    expect(() => fieldsOfMt({ to: 'Alice' })).toThrow(FrameError)
    expect(() => fieldsOfMt({ from: 'twelve chars' })).toThrow(FrameError)
  })

  test('of more segments than a message can have is never sent', () => {
    expect(() => fieldsOfMt({ text: 'x'.repeat(40_000) })).toThrow(
      expect.objectContaining({ code: 'ucp/too-many-segments', retry: 'never' }),
    )
  })
})

describe('addresses', () => {
  test('an alphanumeric sender is packed with its length', () => {
    expect(toSender('ALPHA@NUM')).toEqual({ OAdC: '10412614190438AB4D', OTOA: '5039' })
    expect(fromSender('10412614190438AB4D', '5039', 'national')).toBe('ALPHA@NUM')
  })

  test.each([
    { oadc: '36301234567', otoa: '1139', bare: 'national', is: '+36301234567' },
    { oadc: '0036301234567', otoa: '', bare: 'national', is: '+36301234567' },
    { oadc: '36301234567', otoa: '', bare: 'national', is: '36301234567' },
    { oadc: '36301234567', otoa: '', bare: 'international', is: '+36301234567' },
    { oadc: '4040', otoa: '1139', bare: 'international', is: '4040' },
    { oadc: '10', otoa: '5039', bare: 'national', is: '10' },
  ] as const)('$oadc of type "$otoa" is $is', ({ oadc, otoa, bare, is }) => {
    expect(fromSender(oadc, otoa, bare)).toBe(is)
  })

  test('what is written is read again', () => {
    expect(toSender('+36301234567')).toEqual({ OAdC: '36301234567', OTOA: '1139' })
    expect(toRecipient('+36301234567', '')).toBe('36301234567')
    expect(fromNumber(toRecipient('+36301234567', '00'), 'national')).toBe('+36301234567')
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z@£_ ]{0,10}[A-Z]$/), (name) => {
        const { OAdC, OTOA = '' } = toSender(name)
        expect(fromSender(OAdC, OTOA, 'national')).toBe(name)
      }),
      { numRuns: 100 },
    )
  })
})

test('extra services are read as they were written, and end where they are cut off', () => {
  const services = [[XSER.udh, Uint8Array.of(5, 0, 3, 1, 2, 1)] as const, [XSER.dataCoding, Uint8Array.of(8)] as const]
  expect([...decodeXser(encodeXser(services))].map(([type, data]) => [type, [...data]])).toEqual([
    [1, [5, 0, 3, 1, 2, 1]],
    [2, [8]],
  ])
  expect([...decodeXser('020108010605').keys()]).toEqual([2])
  expect([...decodeXser('nonsense').keys()]).toEqual([])
})

function read(fields: UcpFrame['fields'], operation = '52', more: Partial<UcpConfig> = {}) {
  return client(more).read({ ...ucpRequest(operation, fields), number: 7 }, new MoIds('mo:a:e1'))
}

const mo = { AdC: '4040', OAdC: '36301234567', OTOA: '1139', SCTS: '281126120000', MT: '3', Msg: hex('YES') }

describe('an MO', () => {
  test('has id, addresses, text and fingerprint', () => {
    expect(read(mo)).toEqual({
      type: 'inbound',
      inbound: {
        type: 'mo',
        id: 'mo:a:e1:7',
        fingerprint: expect.stringMatching(/^[\w-]{22}$/),
        from: '+36301234567',
        to: '4040',
        text: 'YES',
      },
    })
  })

  test.each([
    { what: 'GSM 7-bit', fields: { Msg: '001B6505' }, text: '@€é' },
    { what: 'without a type', fields: { MT: '', Msg: hex('YES') }, text: 'YES' },
    { what: 'digits', fields: { MT: '2', Msg: '0612' }, text: '0612' },
    { what: 'UCS-2', fields: { MT: '4', NB: '0048', Msg: '0151D83CDF89', XSer: '020108' }, text: 'ő🎉' },
    { what: 'UTF-8 that nobody announced', fields: { MT: '4', Msg: '6AC3B6' }, text: 'jö' },
    { what: 'characters that should be hex and are not', fields: { Msg: 'YES please' }, text: 'YES please' },
    { what: 'a Turkish single shift', fields: { Msg: '1B671B7367', XSer: '010403240101' }, text: 'ğşg' },
  ])('is read: $what', ({ fields, text }) => {
    expect(read({ ...mo, ...fields })).toMatchObject({ inbound: { text } })
  })

  test('of the older operation 01 is one too', () => {
    expect(read({ AdC: '4040', OAdC: '0036301234567', MT: '3', Msg: hex('YES') }, '01')).toMatchObject({
      inbound: { from: '+36301234567', text: 'YES' },
    })
  })

  test('that is binary keeps its octets', () => {
    expect(read({ ...mo, MT: '4', Msg: '00FF80' })).toMatchObject({ inbound: { text: '', rawHex: '00ff80' } })
  })

  test('that is a part of a long one says which', () => {
    expect(read({ ...mo, XSer: '0106050003450201' })).toMatchObject({
      inbound: { part: { reference: 0x45, referenceBits: 8, total: 2, sequence: 1, encoding: 'gsm7' } },
    })
  })

  test.each(['AdC', 'OAdC', 'SCTS', 'Msg', 'XSer'])('with another %s has another fingerprint', (field) => {
    const print = (fields: UcpFrame['fields']) => {
      const reading = read(fields)
      return reading.type === 'inbound' && reading.inbound.type === 'mo' ? reading.inbound.fingerprint : undefined
    }
    expect(print({ ...mo, [field]: '020100' })).not.toBe(print(mo))
    expect(print(mo)).toBe(print({ ...mo }))
  })
})

describe('a receipt', () => {
  const receipt = { AdC: '4040', OAdC: '0036301234567', SCTS: '281126120000', Dst: '0', Rsn: '000', MT: '3' }

  test.each([
    { what: 'delivered', fields: { Dst: '0' }, is: { state: 'delivered' } },
    { what: 'buffered', fields: { Dst: '1', Rsn: '107' }, is: { state: 'enroute', error: '107' } },
    { what: 'not delivered', fields: { Dst: '2', Rsn: '101' }, is: { state: 'undeliverable', error: '101' } },
    { what: 'a status that nobody names', fields: { Dst: '9' }, is: { state: 'unknown' } },
  ])('$what', ({ fields, is }) => {
    expect(read({ ...receipt, ...fields }, '53')).toMatchObject({
      inbound: { type: 'dlr', providerId: 'kkWSubED8U-:281126120000', ...is },
    })
  })

  test('that names no message is answered, and told in the log', () => {
    expect(read({ ...receipt, SCTS: '' }, '53')).toMatchObject({
      type: 'routine',
      problem: 'a receipt names no message',
    })
  })
})

describe('ids of messages', () => {
  test.each([
    { sm: '012234:090996101010', is: '3EouJXnqnE-:090996101010' },
    { sm: '0036301234567:281126 34112', is: 'kkWSubED8U-:281126034112' },
    { sm: '06301234567:281126120000', is: 'kkWSubED8U-:281126120000' },
    { sm: ' 7F3A ', is: '7F3A' },
    { sm: '', is: '' },
  ])('$sm is $is', ({ sm, is }) => {
    expect(new UcpMessageIds().ofAnswer(sm)).toBe(is)
  })

  test("an SMSC's own id is found in the text of the receipt", () => {
    const ids = new UcpMessageIds()
    ids.ofAnswer('7F3A')
    expect(ids.ofReceipt('36301234567', '281126120000', 'id:7F3A stat:DELIVRD')).toBe('7F3A')
  })

  test('a time stamp may stand in the text only', () => {
    const text = 'Message for 36301234567, with identification 281126120000 has been delivered'
    expect(new UcpMessageIds().ofReceipt('36301234567', '', text)).toBe('kkWSubED8U-:281126120000')
  })
})

describe('refusals', () => {
  test.each([
    { ec: '01', code: 'ucp/temporary', retry: 'later' },
    { ec: '02', code: 'ucp/invalid-request', retry: 'never' },
    { ec: '04', code: 'ucp/throttled', retry: 'throttled' },
    { ec: '06', code: 'ucp/invalid-destination', retry: 'never' },
    { ec: '07', code: 'ucp/not-logged-in', retry: 'later' },
    { ec: '24', code: 'ucp/invalid-message', retry: 'never' },
    { ec: '37', code: 'ucp/temporary', retry: 'later' },
    { ec: '99', code: 'ucp/unknown-code', retry: 'later' },
  ])('$ec is $code, to be tried again: $retry', ({ ec, code, retry }) => {
    expect(refusalOf(ec)).toMatchObject({ code, retry })
  })

  test('say what happened, to which MT, and what to do', () => {
    const answer = { ...ucpNack({ operation: '51' }, '06'), number: 1 }
    expect(refusedMt('7f3a', answer).message).toBe(
      'The SMSC refused MT 7f3a (06, AdC invalid). Check the number, and internationalPrefix of the link.',
    )
  })

  test.each([
    { answer: ucpAck({ operation: '60' }), is: undefined },
    {
      answer: ucpNack({ operation: '60' }, '07'),
      is: { isLasting: true, message: expect.stringContaining('password') },
    },
    { answer: ucpNack({ operation: '60' }, '01'), is: { isLasting: false } },
  ])('of a login: $answer.fields', ({ answer, is }) => {
    const refusal = refusedLogin({ ...answer, number: 0 })
    if (is === undefined) expect(refusal).toBeUndefined()
    else expect(refusal).toMatchObject(is)
  })
})

test('a login has the password in hex', () => {
  expect(client().login().fields).toEqual({
    OAdC: '4040',
    OTON: '6',
    ONPI: '5',
    STYP: '1',
    PWD: '736563726574',
    VERS: '0100',
  })
})

test('an operation that a client does not serve is refused', () => {
  expect(read({}, '51')).toMatchObject({ type: 'routine', answer: { fields: { ack: 'N', EC: '03' } } })
})
