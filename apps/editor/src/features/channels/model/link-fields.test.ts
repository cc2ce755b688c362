import { expect, test } from 'vitest'
import { linkFields, linkKinds, type Schema } from './link-fields.ts'

const smpp: Schema = {
  type: 'object',
  required: ['id', 'kind', 'host'],
  properties: {
    id: { type: 'string' },
    kind: { type: 'string', const: 'smpp' },
    host: { type: 'string', title: 'Host' },
    port: { type: 'integer', title: 'Port', default: 2775, minimum: 1, maximum: 65_535 },
    password: { type: 'string', title: 'Password', secret: true, default: '' },
    newPassword: { type: 'string', title: 'New password', secret: true, default: '' },
    bind: { type: 'string', title: 'Bind', enum: ['pair', 'receiver'] },
    headers: { type: 'object', title: 'Headers', section: 'What is sent', additionalProperties: { type: 'string' } },
    codes: { type: 'object', additionalProperties: { type: 'string', enum: ['later', 'never'] } },
    body: { type: 'object', additionalProperties: {} },
    nationalTables: { type: 'array', default: [], items: { type: 'string', enum: ['turkish', 'spanish'] } },
    timezone: { type: 'string', default: 'UTC' },
    systemType: { type: 'string', title: 'System type', default: '' },
    tls: {
      title: 'TLS',
      default: false,
      anyOf: [{ type: 'boolean' }, { type: 'object', properties: { ca: { type: 'string', title: 'Authority' } } }],
    },
  },
}

test.each([
  { name: 'host', kind: 'text', isRequired: true, isAdvanced: false, usual: undefined },
  { name: 'port', kind: 'number', isRequired: false, isAdvanced: false, usual: '2775' },
  { name: 'password', kind: 'secret', isRequired: false, isAdvanced: false, usual: undefined },
  { name: 'newPassword', kind: 'secret', isRequired: false, isAdvanced: true, usual: undefined },
  { name: 'bind', kind: 'choice', isRequired: false, isAdvanced: false, usual: undefined },
  { name: 'systemType', kind: 'text', isRequired: false, isAdvanced: true, usual: undefined },
  { name: 'headers', kind: 'pairs', isRequired: false, isAdvanced: true, section: 'What is sent', choices: [] },
  { name: 'codes', kind: 'pairs', isRequired: false, isAdvanced: true, choices: ['later', 'never'] },
  { name: 'body', kind: 'json', isRequired: false, isAdvanced: true },
  { name: 'nationalTables', kind: 'choices', isRequired: false, isAdvanced: true, choices: ['turkish', 'spanish'] },
  { name: 'timezone', kind: 'zone', isRequired: false, isAdvanced: true, usual: 'UTC' },
  { name: 'tls', kind: 'group', isRequired: false, isAdvanced: false, usual: 'false' },
])('$name is asked for as $kind', ({ name, ...wanted }) => {
  expect(linkFields(smpp).find((field) => field.name === name)).toMatchObject(wanted)
})

test('id and kind are the form’s own', () => {
  expect(linkFields(smpp).map(({ name }) => name)).not.toContain('kind')
})

test('a group has fields of its own', () => {
  const tls = linkFields(smpp).find(({ name }) => name === 'tls')
  expect(tls?.fields.map(({ name, kind }) => [name, kind])).toEqual([['ca', 'long-text']])
})

test('the kinds are the branches of the configuration’s links', () => {
  const loopback: Schema = { properties: { kind: { const: 'loopback' } } }
  const config: Schema = { properties: { links: { items: { oneOf: [loopback, smpp] } } } }
  expect([...linkKinds(config).keys()]).toEqual(['loopback', 'smpp'])
})
