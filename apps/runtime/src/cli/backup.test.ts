import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { transports } from '@textloom/transports'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { sealLinkConfig } from '../catalogue/link-secrets.ts'
import { loadSecret } from '../settings/secret.ts'
import { secretBox } from '../settings/secret-box.ts'
import { type TestServer, testEngines } from '../testing/test-engines.ts'
import type { Io } from './io.ts'
import { main } from './main.ts'

async function textloom(argv: readonly string[], env: Io['env'], stdin: Uint8Array = new Uint8Array()) {
  const octets: Uint8Array[] = []
  let stderr = ''
  const exitCode = await main(argv, {
    print: async (text) => void octets.push(Buffer.from(text)),
    write: async (chunk) => void octets.push(chunk),
    async remark(text) {
      stderr += text
    },
    stdin: (async function* () {
      yield stdin
    })(),
    isTerminal: false,
    env,
    exitCode: 0,
  })
  const stdout = Buffer.concat(octets)
  return { exitCode, stdout: stdout.toString(), octets: stdout, stderr }
}

const folder = () => mkdtemp(join(tmpdir(), 'textloom-backup-'))

describe('wrong use ends with 2', () => {
  test.each([
    { argv: ['backup'], says: '--out' },
    { argv: ['backup', '--out', '-', '--json'], says: '--json has no place' },
    { argv: ['backup', '--out', 'x'], says: 'There is no data folder' },
    { argv: ['restore'], says: "missing required argument 'file'" },
    { argv: ['restore', '/nowhere/at-all'], says: 'Cannot read /nowhere/at-all' },
    { argv: ['restore', tmpdir()], says: 'it is a folder' },
    { argv: ['restore', 'x', '--queued', 'forget'], says: 'Allowed choices are hold, send, drop' },
  ])('$argv', async ({ argv, says }) => {
    const place = await folder()
    const { exitCode, stderr } = await textloom(argv, { TEXTLOOM_DATA_DIR: join(place, 'data') })
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) })
    expect(await readdir(place)).toEqual([])
  })
})

describe('on a server', () => {
  // PGlite has no URL to hand to a command.
  const engine = testEngines.find((one) => one.engine === 'embedded')
  let reason: string | undefined
  let running: TestServer | undefined
  let place = ''
  beforeAll(async () => {
    reason = await engine?.unavailable()
    if (reason === undefined) running = await engine?.start()
    place = await folder()
    await mkdir(join(place, 'data'))
  }, 120_000)
  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason)
  })
  afterAll(() => running?.stop())
  const newDatabase = async () => {
    const database = await running?.database()
    if (database?.url === undefined) throw new Error('a server gives URLs')
    return { sql: database.sql, env: { DATABASE_URL: database.url, TEXTLOOM_DATA_DIR: join(place, 'data') } }
  }

  test('a backup goes to a file, whole and for its owner only, and comes back from it', async () => {
    const { sql, env } = await newDatabase()
    await sql.query(`insert into contact (phone, created_at, updated_at) values ('+1', now(), now())`)
    const file = join(place, 'one.backup')
    const written = await textloom(['backup', '--out', file], env)
    expect(written).toMatchObject({ exitCode: 0, stdout: `Wrote 1 rows to ${file}.\n` })
    expect(written.stderr).toContain(`It is in ${join(place, 'data', 'secret')}: keep a copy apart`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readdir(place)).sort()).toEqual(['data', 'one.backup'])
    const before = await readFile(file)
    expect(await textloom(['backup', '--out', file], env)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('overwrites nothing'),
    })
    expect(await readFile(file)).toEqual(before)

    const other = await newDatabase()
    const restored = await textloom(['restore', file], other.env)
    expect(restored).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('before the start') })
    expect(restored.stdout).toMatch(/^Restored 1 rows of \d{4}-.*Z, written by release .*\.\n$/)
    expect(await other.sql.query('select phone from contact')).toEqual([{ phone: '+1' }])
    expect(await textloom(['restore', file], other.env)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('The database is not empty: table "contact" has rows.'),
    })
  })

  test('a password comes back encrypted, and doctor says that its secret is missing, and makes none', async () => {
    const { sql, env } = await newDatabase()
    const box = secretBox(await loadSecret({ secret: 'the secret of the original instance', dataDir: place }))
    const config = { host: '127.0.0.1', port: 2775, systemId: 'tl', password: 'pa55word' }
    const schema = transports.get('smpp')?.config ?? z.never()
    await sql.query(
      `insert into link (id, kind, config, source, created_at, updated_at)
       values ('smsc-a', 'smpp', $1::text::json, 'api', now(), now())`,
      [JSON.stringify(sealLinkConfig('smsc-a', config, schema, box))],
    )
    const { octets } = await textloom(['backup', '--out', '-'], env)
    expect(gunzipSync(octets).toString()).not.toContain('pa55word')
    const other = await newDatabase()
    expect(await textloom(['restore', '-'], other.env, octets)).toMatchObject({ exitCode: 0 })
    const doctor = (more: Io['env']) => textloom(['doctor'], { ...other.env, PORT: '0', ...more })
    expect(await doctor({})).toMatchObject({
      exitCode: 3,
      stdout: expect.stringMatching(/^FAIL +link smsc-a +.*password.* was encrypted with another secret/m),
    })
    expect(await readdir(join(place, 'data'))).toEqual([])
    const secret = { TEXTLOOM_SECRET: 'the secret of the original instance' }
    expect((await doctor(secret)).stdout).toMatch(/^ok +link smsc-a/m)
  })

  test('through pipes, with a secret of the environment, for machines', async () => {
    const { sql, env } = await newDatabase()
    await sql.query(
      `insert into outbox (bucket, channel, phone, rev, n, id, kind, phone_hash, source, segments, priority, payload,
         topic, is_consent, state, created_at, due_at)
       select 1, '4040', '+1', 1, n, gen_random_uuid(), 'sms', 1, 'flow', 1, 1, '{}', '', false, 'queued', now(), now()
       from generate_series(1, 3) n`,
    )
    const secret = { TEXTLOOM_SECRET: 'a secret that is long enough to be one' }
    const { octets, stderr } = await textloom(['backup', '--out', '-'], { ...env, ...secret })
    expect(stderr).toContain('It is what TEXTLOOM_SECRET says')
    expect(gunzipSync(octets).toString()).toMatch(/^\{"format":"textloom\/backup@1",/)
    const other = await newDatabase()
    const { stdout, exitCode } = await textloom(['restore', '-', '--json'], other.env, octets)
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      header: { format: 'textloom/backup@1' },
      rows: { outbox: 3, contact: 0 },
      uncertain: { held: 3, queued: 0, dropped: 0 },
    })
  })

  test('a file that is none ends with 1, a database that is none with 3', async () => {
    const { env } = await newDatabase()
    await writeFile(join(place, 'letter'), 'Dear Sir')
    expect(await textloom(['restore', join(place, 'letter')], env)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('This is not a backup of Textloom'),
    })
    const { sql, env: bare } = await newDatabase()
    await sql.script('drop schema public cascade; create schema public')
    expect(await textloom(['backup', '--out', join(place, 'none')], bare)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('The database is empty'),
    })
    expect((await readdir(place)).includes('none')).toBe(false)
  })
})
