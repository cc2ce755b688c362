import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { smppConfigSchema } from './config.ts'

const least = { host: 'smsc.example', systemId: 'tl' }

test('what is left out has the defaults of the contract', () => {
  expect(smppConfigSchema.parse(least)).toEqual({
    host: 'smsc.example',
    port: 2775,
    systemId: 'tl',
    password: '',
    bind: 'transceiver',
    binds: 1,
    windowSize: 10,
    enquireLinkMs: 30_000,
    responseTimeoutMs: 30_000,
    systemType: '',
    interfaceVersion: 0x34,
    addressRange: '',
    dataCoding0: 'gsm7',
    packedSeptets: false,
    messageIdFormat: 'auto',
    nationalTables: [],
    longMessages: 'udh8',
    asksLate: false,
    tls: false,
  })
})

test.each<{ what: string; more: object; path: string }>([
  { what: 'an unknown setting', more: { hots: 'x' }, path: '' },
  { what: 'no host', more: { host: '' }, path: 'host' },
  { what: 'a port that is none', more: { port: 70_000 }, path: 'port' },
  { what: 'another bind', more: { bind: 'both' }, path: 'bind' },
  { what: 'an empty window', more: { windowSize: 0 }, path: 'windowSize' },
  { what: 'a system id that no bind can carry', more: { systemId: 'a'.repeat(16) }, path: 'systemId' },
  { what: 'an unknown alphabet', more: { dataCoding0: 'utf8' }, path: 'dataCoding0' },
])('$what is refused, and named', ({ more, path }) => {
  const result = smppConfigSchema.safeParse({ ...least, ...more })
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

describe('the JSON Schema', () => {
  const schema = z.toJSONSchema(smppConfigSchema, { io: 'input' })
  test('wants host and systemId only', () => expect(schema.required).toEqual(['host', 'systemId']))
  test('marks the password as a secret, and nothing else', () => {
    const secrets = Object.entries(schema.properties ?? {}).filter(([, property]) => Object(property).secret === true)
    expect(secrets.map(([name]) => name)).toEqual(['password'])
  })
})
