import { expect, test } from 'vitest'
import { linkFields } from './link-fields.ts'
import { settingsOf } from './link-settings.ts'

const fields = linkFields({
  properties: {
    host: { type: 'string' },
    port: { type: 'integer' },
    password: { type: 'string', secret: true },
    tls: { anyOf: [{ type: 'boolean' }, { type: 'object', properties: { ca: { type: 'string' } } }] },
  },
})

test.each([
  { what: 'nothing is typed', typed: {}, sent: {} },
  { what: 'what is empty is left out', typed: { host: ' smsc ', port: '', password: '' }, sent: { host: 'smsc' } },
  { what: 'blanks of a password are kept', typed: { password: ' a ' }, sent: { password: ' a ' } },
  { what: 'what is no setting is left out', typed: { id: 'a', state: 'bound', port: 1 }, sent: { port: 1 } },
  { what: 'TLS is off', typed: { tls: false }, sent: { tls: false } },
  { what: 'TLS is on and nothing more is said', typed: { tls: { ca: '' } }, sent: { tls: true } },
  { what: 'TLS has its own authority', typed: { tls: { ca: 'PEM' } }, sent: { tls: { ca: 'PEM' } } },
])('$what', ({ typed, sent }) => {
  expect(settingsOf(fields, typed)).toEqual(sent)
})
