import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { transportErrorCatalogue, transports, transportTypes } from './registry.ts'

test('every transport is found by its kind', () => {
  expect([...transports.keys()]).toEqual(transportTypes.map(({ kind }) => kind))
})

describe.each(transportTypes)('$kind', ({ kind, config }) => {
  test('lives in the folder of its name', () => {
    expect(existsSync(new URL(`./${kind}/index.ts`, import.meta.url))).toBe(true)
  })

  test('has settings that forms can be made of: each with a title', () => {
    const { properties = {} } = z.toJSONSchema(config, { io: 'input' })
    const untitled = Object.entries(properties).filter(([, schema]) => !Object.hasOwn(Object(schema), 'title'))
    expect(untitled.map(([name]) => name)).toEqual([])
  })
})

test('errors are sentences under a code that begins with the kind', () => {
  for (const [code, sentence] of Object.entries(transportErrorCatalogue)) {
    expect(code).toMatch(/^[a-z0-9]+\/[a-z-]+$/)
    expect(transports.has(code.split('/')[0] ?? '')).toBe(true)
    expect(sentence).toMatch(/^[A-Z].*\.$/)
  }
})

const smpp = { host: 'smsc.example.org', systemId: 'tl' }
const ucp = { host: 'smsc.example.org', port: 5000, user: '1234' }
const cimd2 = { host: 'smsc.example.org', user: 'tl' }
const http = { preset: 'twilio', account: 'AC1' }

test.each([
  {
    what: 'another port and bind',
    kind: 'smpp',
    one: smpp,
    other: { ...smpp, port: 9, bind: 'receiver' },
    isSame: true,
  },
  { what: 'a host in capitals', kind: 'smpp', one: smpp, other: { ...smpp, host: 'SMSC.example.org' }, isSame: true },
  { what: 'another system id', kind: 'smpp', one: smpp, other: { ...smpp, systemId: 'tl2' }, isSame: false },
  { what: 'another host', kind: 'smpp', one: smpp, other: { ...smpp, host: 'b.example.org' }, isSame: false },
  { what: 'another window', kind: 'ucp', one: ucp, other: { ...ucp, windowSize: 3 }, isSame: true },
  { what: 'another user', kind: 'ucp', one: ucp, other: { ...ucp, user: '12345' }, isSame: false },
  { what: 'another port', kind: 'cimd2', one: cimd2, other: { ...cimd2, port: 9 }, isSame: true },
  { what: 'another user', kind: 'cimd2', one: cimd2, other: { ...cimd2, user: 'x' }, isSame: false },
  { what: 'another number', kind: 'http', one: http, other: { ...http, number: '+15550100' }, isSame: true },
  { what: 'another account', kind: 'http', one: http, other: { ...http, account: 'AC2' }, isSame: false },
])('a link of kind $kind with $what is of the same account: $isSame', ({ kind, one, other, isSame }) => {
  const transport = transports.get(kind)
  const account = (config: object) => transport?.account?.(transport.config.parse(config))
  expect(account(one)).toEqual(expect.any(String))
  expect(account(one) === account(other)).toBe(isSame)
})

test('an HTTP link without an account is counted by itself', () => {
  const transport = transports.get('http')
  expect(transport?.account?.(transport.config.parse({ url: 'http://127.0.0.1/' }))).toBeUndefined()
})
