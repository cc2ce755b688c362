import { describe, expect, test } from 'vitest'
import { httpConfigSchema } from './config.ts'
import { placeholders } from './placeholders.ts'
import { presetNames, presets } from './presets/index.ts'
import type { Preset } from './presets/preset.ts'
import { settingsOf } from './settings.ts'
import { placeholdersIn } from './template.ts'

test.each([
  { config: { url: 'ftp://a/b' }, says: 'must be an http: or https: address' },
  { config: { url: 'https://{{account}}.example.org/' }, says: 'must be an http: or https: address' },
  { config: { url: 'https://user:pw@example.org/' }, says: 'must be an http: or https: address' },
  { config: { url: 'https://a/{{acount}}' }, says: 'no placeholder {{acount}}. Did you mean "account"?' },
  { config: { body: { a: ['{{txt}}'] } }, says: 'no placeholder {{txt}}. Did you mean "text"?' },
  { config: { headers: { 'a b': 'x' } }, says: 'is no name of a header' },
  { config: { codes: { '1': 'maybe' } }, says: 'Invalid option' },
  { config: { moTxt: 'a' }, says: 'moTxt' },
])('$config is refused', ({ config, says }) => {
  const result = httpConfigSchema.safeParse(config)
  expect(result.success).toBe(false)
  expect(JSON.stringify(result.error?.issues)).toContain(JSON.stringify(says).slice(1, -1))
})

describe.each(presetNames)('the preset %s', (name) => {
  const { docs, settings }: Preset = presets[name]

  test('says where it is documented', () => expect(docs).toMatch(/^https:\/\//))

  test('would be accepted if somebody wrote it', () => {
    expect(httpConfigSchema.safeParse(settings).error).toBeUndefined()
  })

  test('has placeholders that exist', () => {
    expect(placeholdersIn(settings.body ?? {}).filter((one) => !Object.hasOwn(placeholders, one))).toEqual([])
  })
})

test('what a config says wins over its preset; tables are joined', () => {
  const config = { preset: 'twilio', body: { To: '{{to}}' }, codes: { '20003': 'never', '1': 'ok' }, answer: '' }
  const settings = settingsOf(httpConfigSchema.parse(config))
  expect(settings).toMatchObject({ auth: 'basic', body: { To: '{{to}}' }, answer: '', carriesMedia: false })
  expect(settings.codes).toMatchObject({ '20003': 'never', '1': 'ok', '20429': 'throttled' })
  expect(settingsOf(httpConfigSchema.parse({ preset: 'twilio' })).carriesMedia).toBe(true)
})
