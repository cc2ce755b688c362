import { describe, expect, test } from 'vitest'
import { MoIds } from '../connection/mo-ids.ts'
import { FrameError } from '../framed/frame.ts'
import { someMt } from '../testing/conformance.ts'
import { cimd2Client } from './client.ts'
import { type Cimd2Config, cimd2ConfigSchema } from './config.ts'
import { type Cimd2Parameter, cimd2Answer, cimd2Error, cimd2Nack, cimd2Request } from './frame.ts'
import { refusalOf, refusedLogin, refusedMt } from './refusal.ts'

function client(more: Partial<Cimd2Config> = {}) {
  return cimd2Client(cimd2ConfigSchema.parse({ host: 'h', port: 9971, user: 'foo', password: 'bar', ...more }), () => 0)
}

const parametersOf = (mt: Parameters<typeof someMt>[0], more: Partial<Cimd2Config> = {}) =>
  client(more)
    .submits(someMt(mt))
    .map(({ parameters }) => Object.fromEntries(parameters))

describe('an MT', () => {
  test('is an operation 03 with its characters as user data', () => {
    expect(client().submits(someMt({ text: 'Hi @' }))).toEqual([
      cimd2Request(3, [
        [21, '+36301234567'],
        [23, '4040'],
        [56, '0'],
        [33, 'Hi _Oa'],
      ]),
    ])
  })

  test('in UCS-2 is binary user data with its coding', () => {
    expect(parametersOf({ text: 'ő' })).toMatchObject([{ 30: '8', 34: '0151' }])
  })

  test('of several segments has a header of its own', () => {
    const parts = parametersOf({ text: 'x'.repeat(200), reference: 0x45 })
    expect(parts.map((part) => part[32])).toEqual(['050003450201', '050003450202'])
  })

  test('asks for receipts and has a validity', () => {
    expect(parametersOf({ wantsDlr: true, validityMs: 3_600_000 })).toMatchObject([{ 50: '11', 56: '62' }])
  })

  test.each([
    { from: 'Textloom', more: {}, is: { 27: 'Textloom' } },
    { from: '4040', more: { senderPrefix: '40' }, is: { 23: '40' } },
    { from: '4040', more: { senderPrefix: '4040' }, is: {} },
  ])('from $from says so', ({ from, more, is }) => {
    const [first = {}] = parametersOf({ from }, more)
    expect(Object.fromEntries(Object.entries(first).filter(([name]) => name === '23' || name === '27'))).toEqual(is)
  })

  test('to somebody who is no number, or from a name too long, cannot be written', () => {
    expect(() => parametersOf({ to: 'Alice' })).toThrow(FrameError)
    expect(() => parametersOf({ from: 'twelve chars' })).toThrow(FrameError)
  })
})

function read(operation: number, parameters: readonly Cimd2Parameter[]) {
  return client().read({ ...cimd2Request(operation, parameters), number: 6 }, new MoIds('mo:a:e1'))
}

const mo: readonly Cimd2Parameter[] = [
  [21, '4040'],
  [23, '+36301234567'],
  [60, '261128120000'],
]

describe('an MO', () => {
  test('has id, addresses, text and fingerprint', () => {
    expect(read(20, [...mo, [33, '_Oahoj']])).toEqual({
      type: 'inbound',
      inbound: {
        type: 'mo',
        id: 'mo:a:e1:6',
        fingerprint: expect.stringMatching(/^[\w-]{22}$/),
        from: '+36301234567',
        to: '4040',
        text: '@hoj',
      },
    })
  })

  test.each<{ what: string; more: readonly Cimd2Parameter[]; is: object }>([
    {
      what: 'UCS-2',
      more: [
        [30, '8'],
        [34, '0151D83CDF89'],
      ],
      is: { text: 'ő🎉' },
    },
    { what: 'UTF-8 that nobody announced', more: [[34, '6AC3B6']], is: { text: 'jö' } },
    {
      what: 'binary',
      more: [
        [30, '4'],
        [34, '00FF80'],
      ],
      is: { text: '', rawHex: '00ff80' },
    },
    { what: 'nothing', more: [], is: { text: '' } },
    {
      what: 'a part',
      more: [
        [32, '050003450201'],
        [33, 'one'],
      ],
      is: { text: 'one', part: { reference: 0x45, referenceBits: 8, total: 2, sequence: 1, encoding: 'gsm7' } },
    },
  ])('is read: $what', ({ more, is }) => {
    expect(read(20, [...mo, ...more])).toMatchObject({ inbound: is })
  })
})

test.each([
  { code: '1', state: 'enroute' },
  { code: '2', state: 'expired' },
  { code: '3', state: 'undeliverable' },
  { code: '04', state: 'delivered' },
  { code: '8', state: 'deleted' },
  { code: '77', state: 'unknown' },
])('status code $code of a receipt is $state', ({ code, state }) => {
  const parameters: readonly Cimd2Parameter[] = [
    [21, '+36301234567'],
    [60, '261128120000'],
    [61, code],
  ]
  expect(read(23, parameters)).toMatchObject({
    inbound: { type: 'dlr', providerId: 'kkWSubED8U-:261128120000', state, from: '+36301234567' },
  })
})

test('a receipt that names no message is answered, and told in the log', () => {
  expect(read(23, [[61, '4']])).toMatchObject({ type: 'routine', problem: 'a receipt names no message' })
})

test('the id of a message is its recipient and its time', () => {
  const answer = cimd2Answer({ operation: 3 }, [
    [21, '36301234567'],
    [60, '261128120000'],
  ])
  expect(client().outcome('mt', { ...answer, number: 1 })).toBe('kkWSubED8U-:261128120000')
})

describe('refusals', () => {
  test.each([
    { code: 1, is: 'cimd2/not-logged-in', retry: 'later' },
    { code: 2, is: 'cimd2/invalid-request', retry: 'never' },
    { code: 6, is: 'cimd2/temporary', retry: 'later' },
    { code: 10, is: 'cimd2/throttled', retry: 'throttled' },
    { code: 300, is: 'cimd2/invalid-destination', retry: 'never' },
    { code: 302, is: 'cimd2/invalid-message', retry: 'never' },
    { code: 306, is: 'cimd2/invalid-source', retry: 'never' },
    { code: 777, is: 'cimd2/unknown-code', retry: 'later' },
  ])('$code is $is, to be tried again: $retry', ({ code, is, retry }) => {
    expect(refusalOf(code)).toMatchObject({ code: is, retry })
  })

  test('say what happened, to which MT, and what to do', () => {
    expect(refusedMt('7f3a', 300).message).toBe(
      'The SMSC refused MT 7f3a (300, incorrect destination address). Check the number.',
    )
  })

  test('an MT that is nacked has not been taken', () => {
    expect(client().outcome('mt', { ...cimd2Nack, number: 1 })).toMatchObject({ retry: 'later', inDoubt: false })
  })

  test.each([
    { code: 100, isLasting: true },
    { code: 102, isLasting: true },
    { code: 6, isLasting: false },
  ])('of a login with $code last: $isLasting', ({ code, isLasting }) => {
    expect(refusedLogin({ ...cimd2Error({ operation: 1 }, code, 'x'), number: 1 })).toMatchObject({ isLasting })
  })
})
