import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginSession, findSession } from '../accounts/browser-sessions.ts'
import { isPasswordOf } from '../accounts/password-hash.ts'
import { findSetUpToken } from '../accounts/set-up-tokens.ts'
import { hashOfToken } from '../accounts/token.ts'
import { drizzleOver } from '../db/drizzle.ts'
import { startRuntime } from '../main.ts'
import { readSettings } from '../settings/environment.ts'
import type { Io } from './io.ts'
import { main } from './main.ts'

/** Runs a command with these settings, and gives what it printed and ended with. */
async function textloom(argv: readonly string[], env: Io['env'], stdin = '') {
  let stdout = ''
  let stderr = ''
  const exitCode = await main(argv, {
    async print(text) {
      stdout += text
    },
    write: () => Promise.reject(new Error('This command prints text.')),
    async remark(text) {
      stderr += text
    },
    stdin: (async function* () {
      yield new TextEncoder().encode(stdin)
    })(),
    isTerminal: false,
    env,
    exitCode: 0,
  })
  return { exitCode, stdout, stderr }
}

const folder = () => mkdtemp(join(tmpdir(), 'textloom-operating-'))

describe('without an instance', () => {
  test('doctor makes nothing, and says what the first start will make', async () => {
    const place = await folder()
    const env = { TEXTLOOM_DATA_DIR: join(place, 'data'), PORT: '0' }
    const { exitCode, stdout } = await textloom(['doctor'], env)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ok +data folder +.* is made by the first start\.$/m)
    expect(await readdir(place)).toEqual([])
  })

  test('doctor names everything wrong at once, with what to do, and ends with 3', async () => {
    const place = await folder()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await writeFile(join(place, 'data'), 'a file')
    await writeFile(join(place, 'instance.json'), '{"link":[]}')
    const env = {
      TEXTLOOM_DATA_DIR: join(place, 'data'),
      TEXTLOOM_CONFIG: join(place, 'instance.json'),
      PORT: `${port}`,
    }
    const { exitCode, stdout } = await textloom(['doctor', '--json'], env)
    server.close()
    expect(exitCode).toBe(3)
    const troubles = JSON.parse(stdout).filter(({ state }: { state: string }) => state === 'trouble')
    expect(troubles).toMatchObject([
      { what: 'port', says: expect.stringMatching(/EADDRINUSE.*set HOST and PORT/) },
      { what: 'data folder', says: expect.stringMatching(/is a file\. Set TEXTLOOM_DATA_DIR/) },
      { what: 'config', says: expect.stringContaining('link is not a known field') },
      { what: 'database' },
    ])
  })

  test.each([
    { argv: ['doctor'], env: { PORT: 'x' }, says: 'PORT must be a port number' },
    { argv: ['migrate'], env: { TEXTLOOM_DATADIR: 'x' }, says: 'Did you mean "TEXTLOOM_DATA_DIR"?' },
    { argv: ['key', 'create'], env: {}, says: '--label' },
    { argv: ['user', 'add'], env: {}, says: "missing required argument 'email'" },
    { argv: ['user', 'add', 'ada'], env: {}, says: '"ada" is not an e-mail address' },
    { argv: ['user', 'add', 'a@b.example', '--role', 'god'], env: {}, says: 'Allowed choices are administrator' },
    { argv: ['key', 'create', '--label', 'x', '--scopes', 'flow:read'], env: {}, says: 'Did you mean "flows:read"?' },
  ])('$argv with $env is wrong use', async ({ argv, env, says }) => {
    const { exitCode, stderr } = await textloom(argv, env)
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) })
  })

  test('a database that cannot be reached ends with 3', async () => {
    const env = { TEXTLOOM_DATA_DIR: await folder(), DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:9/none' }
    const { exitCode, stderr } = await textloom(['migrate'], env)
    expect(exitCode).toBe(3)
    expect(stderr).not.toContain('hunter2')
  })
})

describe('beside a running instance', () => {
  let env: { [name: string]: string }
  let runtime: Awaited<ReturnType<typeof startRuntime>>
  beforeAll(async () => {
    env = { TEXTLOOM_DATA_DIR: join(await folder(), 'data'), PORT: '0' }
    runtime = await startRuntime(readSettings(env), { log: () => undefined })
  }, 60_000)
  afterAll(() => runtime.stop())

  test('key create makes a key that works there', async () => {
    const { exitCode, stdout, stderr } = await textloom(
      ['key', 'create', '--label', 'ci', '--scopes', 'flows:write,messages:read'],
      env,
    )
    if (runtime.database.engine === 'pglite') {
      expect({ exitCode, stderr }).toEqual({
        exitCode: 3,
        stderr: expect.stringContaining('is held by another Textloom'),
      })
      return
    }
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const rows = await runtime.sql.query('select label, scopes from api_key where hash = $1', [
      hashOfToken(stdout.trim()),
    ])
    expect(rows).toEqual([{ label: 'ci', scopes: ['flows:write', 'messages:read'] }])
  })

  test('user add lets somebody in, by a link or with a password, and user reset puts them out', async () => {
    const email = 'ada@example.org'
    const added = await textloom(['user', 'add', email, '--name', 'Ada', '--role', 'editor'], env)
    if (runtime.database.engine === 'pglite') return expect(added.exitCode).toBe(3)
    expect(added).toMatchObject({ exitCode: 0, stderr: '' })
    expect(added.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/set-up\?token=[\w-]{43}\n$/)
    expect(await textloom(['user', 'add', email.toUpperCase()], env)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('"textloom user reset"'),
    })
    const user = async () =>
      (await runtime.sql.query<{ id: string; role: string; password_hash: string | null }>('select * from app_user'))[0]
    expect(await user()).toMatchObject({ email, name: 'Ada', role: 'editor', password_hash: null })

    const { db, now } = { db: drizzleOver(runtime.sql), now: new Date(runtime.clock.now()) }
    const session = await beginSession(db, (await user())?.id ?? '', now)
    const weak = await textloom(['user', 'reset', email, '--password-stdin'], env, 'Password2024\n')
    expect(weak).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('guessed first') })
    expect(await findSession(db, session, now)).toBeDefined()
    const password = 'four words are enough'
    const reset = await textloom(['user', 'reset', email, '--password-stdin', '--json'], env, `${password}\n`)
    expect(JSON.parse(reset.stdout)).toEqual({ id: (await user())?.id, email, role: 'editor' })
    expect(await isPasswordOf((await user())?.password_hash, password)).toBe(true)
    expect(await findSession(db, session, now)).toBeUndefined()
    expect(await findSetUpToken(db, added.stdout.trim().slice(-43), now)).toBeUndefined()

    expect((await textloom(['user', 'reset', 'nobody@example.org'], env)).exitCode).toBe(1)
    const deeds = await runtime.sql.query('select action, actor, address from audit order by seq')
    expect(deeds.slice(-2)).toEqual([
      { action: 'user.created', actor: 'cli', address: null },
      { action: 'user.reset', actor: 'cli', address: null },
    ])
  })

  test('backup takes it as it is, while it runs', async () => {
    const file = `${env.TEXTLOOM_DATA_DIR}.backup`
    const { exitCode, stdout, stderr } = await textloom(['backup', '--out', file, '--json'], env)
    if (runtime.database.engine === 'pglite') return expect({ exitCode, stderr }).toMatchObject({ exitCode: 3 })
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ file, rows: { link: 1, channel: 1, flow: 1 } })
  })

  test('doctor looks at its database and links', async () => {
    const { exitCode, stdout } = await textloom(['doctor'], env)
    if (runtime.database.engine === 'pglite') return expect(exitCode).toBe(3)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^ok +database +It is reachable and up to date\.$/m)
    expect(stdout).toMatch(/^ok +link phone +loopback, switched on\.$/m)
  })

  test('doctor warns of a folder that others can read', async () => {
    await chmod(env.TEXTLOOM_DATA_DIR ?? '', 0o755)
    expect((await textloom(['doctor'], env)).stdout).toMatch(/^note +data folder +.* is readable by other users/m)
  })
})
