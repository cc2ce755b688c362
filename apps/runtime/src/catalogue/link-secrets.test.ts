import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { secretBox } from '../settings/secret-box.ts'
import { keepSecrets, openLinkConfig, sealLinkConfig, withoutSecrets } from './link-secrets.ts'

const box = secretBox(new Uint8Array(32).fill(1))
const schema = z.strictObject({
  host: z.string(),
  password: z.string().default('').meta({ secret: true }),
  token: z.string().meta({ secret: true }).optional(),
  tls: z.union([z.boolean(), z.strictObject({ key: z.string().meta({ secret: true }).optional() })]).optional(),
})
const config = { host: 'h', password: 'hunter2', token: 'hunter3', tls: { key: 'hunter4' } }

describe('the secrets of a link', () => {
  const sealed = sealLinkConfig('a', config, schema, box)

  test('are sealed wherever the transport marks them, and nothing else is', () => {
    expect(sealed).toMatchObject({ host: 'h' })
    expect(JSON.stringify(sealed)).not.toContain('hunter')
    expect(openLinkConfig('a', sealed, schema, box)).toEqual(config)
  })

  test('open for their own link only', () => {
    expect(() => openLinkConfig('b', sealed, schema, box)).toThrow(
      'password of link "b" was changed or belongs elsewhere',
    )
  })

  test('are named and not shown', () => {
    expect(withoutSecrets(sealed, schema)).toEqual({
      config: { host: 'h', tls: {} },
      secrets: ['password', 'token', 'tls.key'],
    })
  })

  test('stay as they are when new settings leave them out', () => {
    const changed = sealLinkConfig('a', { host: 'h2', token: 'new' }, schema, box)
    expect(openLinkConfig('a', keepSecrets(changed, sealed, schema), schema, box)).toEqual({
      host: 'h2',
      password: 'hunter2',
      token: 'new',
    })
  })

  test('that are empty are none', () => {
    const none = sealLinkConfig('a', { host: 'h', password: '' }, schema, box)
    expect(none).toEqual({ host: 'h', password: '' })
    expect(withoutSecrets(none, schema).secrets).toEqual([])
    expect(keepSecrets(none, sealed, schema)).toMatchObject({ password: '' })
  })

  describe('by names that people give', () => {
    const server = z.strictObject({ accounts: z.record(z.string(), z.string().meta({ secret: true })).default({}) })
    const stored = sealLinkConfig('a', { accounts: { crm: 'hunter2', shop: 'hunter3' } }, server, box)
    const opened = (config: object) =>
      openLinkConfig('a', keepSecrets(sealLinkConfig('a', { ...config }, server, box), stored, server), server, box)

    test('are sealed, and their names are seen', () => {
      expect(JSON.stringify(stored)).not.toContain('hunter')
      expect(withoutSecrets(stored, server)).toEqual({
        config: { accounts: { crm: '', shop: '' } },
        secrets: ['accounts.crm', 'accounts.shop'],
      })
    })

    test.each([
      { what: 'all left out', config: {}, leaves: { crm: 'hunter2', shop: 'hunter3' } },
      { what: 'one named, one not', config: { accounts: { crm: '' } }, leaves: { crm: 'hunter2' } },
      { what: 'one changed, one new', config: { accounts: { crm: 'x', bank: 'y' } }, leaves: { crm: 'x', bank: 'y' } },
      { what: 'none any more', config: { accounts: {} }, leaves: {} },
    ])('$what', ({ config, leaves }) => expect(opened(config)).toEqual({ accounts: leaves }))
  })
})
