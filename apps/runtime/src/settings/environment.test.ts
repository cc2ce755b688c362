import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Environment, readSettings } from './environment.ts'
import { SettingsError } from './settings-error.ts'

const cwd = mkdtempSync(join(tmpdir(), 'textloom-settings-'))

describe('settings', () => {
  test('without any are the defaults of CONTRACT §2', () => {
    expect(readSettings({}, cwd)).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: join(cwd, 'data'),
      allowPrivate: [],
      traceLinks: [],
      traceTexts: false,
      trustProxy: false,
      logLevel: 'info',
    })
  })

  test.each<{ env: Environment; gives: object }>([
    { env: { PORT: '0' }, gives: { port: 0 } },
    { env: { PORT: '' }, gives: { port: 3000 } },
    { env: { HOST: '::1' }, gives: { host: '::1' } },
    { env: { TEXTLOOM_DATA_DIR: '/var/lib/textloom' }, gives: { dataDir: '/var/lib/textloom' } },
    { env: { TEXTLOOM_CONFIG: 'instance.json' }, gives: { configFile: join(cwd, 'instance.json') } },
    { env: { TEXTLOOM_DEFAULT_COUNTRY: 'hu' }, gives: { defaultCountry: 'HU' } },
    { env: { PUBLIC_URL: 'https://sms.example.org/' }, gives: { publicUrl: 'https://sms.example.org' } },
    { env: { TRUST_PROXY: 'true' }, gives: { trustProxy: 1 } },
    { env: { TRUST_PROXY: '10.0.0.0/8, ::1' }, gives: { trustProxy: ['10.0.0.0/8', '::1'] } },
    {
      env: { TEXTLOOM_ALLOW_PRIVATE: '127.0.0.1:8080, [::1]:80,10.0.0.0/8,crm:443' },
      gives: { allowPrivate: ['127.0.0.1:8080', '[::1]:80', '10.0.0.0/8', 'crm:443'] },
    },
    {
      env: { TEXTLOOM_ADMIN_EMAIL: 'a@b.c', TEXTLOOM_ADMIN_PASSWORD: 'long enough' },
      gives: { admin: { email: 'a@b.c', password: 'long enough' } },
    },
  ])('$env gives $gives', ({ env, gives }) => {
    expect(readSettings(env, cwd)).toMatchObject(gives)
  })

  test.each([
    { env: { PORT: 'abc' }, says: 'PORT must be a port number from 0 to 65535, not "abc".' },
    { env: { PORT: '65536' }, says: 'PORT must be a port number from 0 to 65535, not "65536".' },
    { env: { TEXTLOOM_CONFG: 'x' }, says: 'TEXTLOOM_CONFG is not a setting. Did you mean "TEXTLOOM_CONFIG"?' },
    { env: { textloom_PORT: '1', LOG_LEVEL: 'loud' }, says: /^LOG_LEVEL must be one of trace, .*, not "loud"\.$/ },
    { env: { TEXTLOOM_DEFAULT_COUNTRY: 'XX' }, says: /^TEXTLOOM_DEFAULT_COUNTRY must be a country code/ },
    { env: { TEXTLOOM_ALLOW_PRIVATE: 'localhost' }, says: /^TEXTLOOM_ALLOW_PRIVATE must be a comma list/ },
    { env: { TRUST_PROXY: 'nginx' }, says: /^TRUST_PROXY must be true, false/ },
    { env: { TEXTLOOM_ADMIN_EMAIL: 'a@b.c' }, says: /^TEXTLOOM_ADMIN_EMAIL is set and TEXTLOOM_ADMIN_PASSWORD is not/ },
    { env: { PUBLIC_URL: 'sms.example.org' }, says: /^PUBLIC_URL must be an address that begins with http/ },
  ])('$env is refused', ({ env, says }) => {
    expect(() => readSettings(env, cwd)).toThrow(SettingsError)
    expect(() => readSettings(env, cwd)).toThrow(says)
  })

  test('a secret that is wrong is named and not repeated', () => {
    const env = { DATABASE_URL: 'mysql://root:hunter2@db', TEXTLOOM_API_KEY: 'hunter 2' }
    expect(() => readSettings(env, cwd)).toThrow(/DATABASE_URL must be .*\nTEXTLOOM_API_KEY must be /)
    expect(() => readSettings(env, cwd)).not.toThrow(/hunter/)
  })

  test('the environment beats .env, in which unknown names are refused too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'textloom-settings-'))
    writeFileSync(join(folder, '.env'), 'PORT=4000\nHOST="0.0.0.0"\n')
    expect(readSettings({ PORT: '5000', HOST: '' }, folder)).toMatchObject({ port: 5000, host: '0.0.0.0' })
    writeFileSync(join(folder, '.env'), 'TEXTLOOM_PORT=4000\n')
    expect(() => readSettings({}, folder)).toThrow('TEXTLOOM_PORT is not a setting.')
  })
})
