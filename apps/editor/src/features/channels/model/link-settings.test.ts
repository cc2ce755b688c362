import { expect, test } from 'vitest'
import { linkFields } from './link-fields.ts'
import { jsonProblem, jsonText, settingsOf } from './link-settings.ts'

const fields = linkFields({
  properties: {
    host: { type: 'string' },
    port: { type: 'integer' },
    password: { type: 'string', secret: true },
    body: { type: 'object' },
    codes: { type: 'object', additionalProperties: { type: 'string', enum: ['later', 'never'] } },
    tables: { type: 'array', items: { enum: ['turkish'] } },
    tls: { anyOf: [{ type: 'boolean' }, { type: 'object', properties: { ca: { type: 'string' } } }] },
  },
})

test.each([
  { what: 'nothing is typed', typed: {}, sent: {} },
  { what: 'what is empty is left out', typed: { host: ' smsc ', port: '', password: '' }, sent: { host: 'smsc' } },
  { what: 'blanks of a password are kept', typed: { password: ' a ' }, sent: { password: ' a ' } },
  { what: 'what is no setting is left out', typed: { id: 'a', state: 'bound', port: 1 }, sent: { port: 1 } },
  { what: 'JSON is what it says', typed: { body: '{"a": 1}' }, sent: { body: { a: 1 } } },
  { what: 'JSON that is none is sent for the runtime to refuse', typed: { body: '{' }, sent: { body: '{' } },
  {
    what: 'lines are a record, without those that have no name',
    typed: { codes: [[' 7 ', 'later'] as const, ['', 'never'] as const] },
    sent: { codes: { '7': 'later' } },
  },
  {
    what: 'a record that was not touched stays',
    typed: { codes: { '7': 'later' } },
    sent: { codes: { '7': 'later' } },
  },
  { what: 'no lines and nothing picked are left out', typed: { codes: [], tables: [] }, sent: {} },
  { what: 'what is picked is a list', typed: { tables: ['turkish'] }, sent: { tables: ['turkish'] } },
  { what: 'TLS is off', typed: { tls: false }, sent: { tls: false } },
  { what: 'TLS is on and nothing more is said', typed: { tls: { ca: '' } }, sent: { tls: true } },
  { what: 'TLS has its own authority', typed: { tls: { ca: 'PEM' } }, sent: { tls: { ca: 'PEM' } } },
])('$what', ({ typed, sent }) => {
  expect(settingsOf(fields, typed)).toEqual(sent)
})

test.each([
  { value: undefined, text: '' },
  { value: { a: '{{to}}' }, text: '{\n  "a": "{{to}}"\n}' },
  { value: '{"a', text: '{"a' },
])('$value is shown as $text', ({ value, text }) => expect(jsonText(value)).toBe(text))

test.each([
  { text: '', isFine: true },
  { text: '{"a": "b"}', isFine: true },
  { text: '{"a": b}', isFine: false },
  { text: '"a"', isFine: false },
])('$text is fine: $isFine', ({ text, isFine }) => expect(jsonProblem(text) === undefined).toBe(isFine))
