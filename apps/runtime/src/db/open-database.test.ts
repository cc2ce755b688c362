import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testEngines } from '../testing/test-engines.ts'
import { accountFor } from './engine/account.ts'
import { readPostmaster } from './engine/postmaster-file.ts'
import { type Database, type OpenOptions, openDatabase } from './open-database.ts'
import type { SqlError } from './sql.ts'

let folder: string
let opened: Database[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'textloom-open-'))
  opened = []
})
afterEach(async () => {
  for (const database of opened) await database.close().catch(() => undefined)
  await stopOrphan()
  await rm(folder, { recursive: true, force: true })
})

const open = async (options: Partial<OpenOptions> = {}): Promise<Database> => {
  const database = await openDatabase({ dataDir: folder, ...options })
  opened.push(database)
  return database
}

/** A server that a test left without its process. */
async function stopOrphan(): Promise<void> {
  const pid = (await readPostmaster(join(folder, 'postgres')))?.pid
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGQUIT')
    while ((await lstat(`/proc/${pid}`).catch(() => null)) !== null)
      await new Promise((resolve) => setTimeout(resolve, 20))
  } catch {
    // Gone already.
  }
}

/** A process that opens the folder and inserts rows one by one, saying each number once it is acknowledged. */
async function writer(prefer: OpenOptions['prefer']): Promise<{ child: ChildProcess; acknowledged: () => number }> {
  const code = `import { openDatabase } from ${JSON.stringify(new URL('./open-database.ts', import.meta.url).href)}
    const { sql } = await openDatabase({ dataDir: process.argv[1], prefer: process.argv[2] })
    await sql.script('create table if not exists ledger (id int primary key)')
    console.log('open')
    for (let id = 1; ; id += 1) { await sql.query('insert into ledger values ($1)', [id]); console.log(id) }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, folder, prefer ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let last = 0
  const lines = createInterface({ input: child.stdout })
  const isOpen = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line === 'open') resolve()
      else last = Number(line)
    })
  })
  await isOpen
  return { child, acknowledged: () => last }
}

const reason = await testEngines[0]?.unavailable()

describe.for([{ engine: 'embedded' }, { engine: 'pglite' }] as const)('a folder with $engine', ({ engine }) => {
  beforeEach(({ skip }) => {
    if (engine === 'embedded' && reason !== undefined) skip(reason)
  })

  test('keeps what was written, is private, and is reopened', { timeout: 60_000 }, async () => {
    const first = await open({ prefer: engine })
    expect(first.engine).toBe(engine)
    await first.sql.script('create table kept (id int)')
    await first.sql.query('insert into kept values (1)')
    await first.close()
    const files = join(folder, engine === 'embedded' ? 'postgres' : 'pglite')
    if (engine === 'embedded') expect((await lstat(files)).mode & 0o077).toBe(0)
    const second = await open()
    expect(second.engine).toBe(engine)
    expect(await second.sql.query('select id from kept')).toEqual([{ id: 1 }])
  })

  test('is refused to a second process while the first one runs, and loses no acknowledged row when that is killed', {
    timeout: 60_000,
  }, async () => {
    const { child, acknowledged } = await writer(engine)
    await expect.poll(acknowledged, { timeout: 20_000 }).toBeGreaterThan(50)
    await expect(open()).rejects.toMatchObject({
      code: 'folder-held',
      message: expect.stringContaining(`process ${child.pid}`),
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    const started = Date.now()
    const database = await open()
    const openMs = Date.now() - started
    const [row] = await database.sql.query<{ n: number; last: number }>(
      'select count(*) as n, max(id) as last from ledger',
    )
    expect(row!.n).toBe(row!.last)
    expect(row!.last).toBeGreaterThanOrEqual(acknowledged())
    if (engine === 'embedded') {
      expect(database.describe).toContain('found running')
      expect(openMs).toBeLessThan(5_000)
    }
  })
})

describe('embedded PostgreSQL', () => {
  beforeEach(({ skip }) => {
    if (reason !== undefined) skip(reason)
  })

  test('does not run as root and does not sync less than it must', { timeout: 60_000 }, async () => {
    const { sql } = await open()
    const account = await accountFor(undefined)
    const server = await readPostmaster(join(folder, 'postgres'))
    if (process.platform === 'linux') {
      const { uid } = await lstat(`/proc/${server!.pid}`)
      expect(uid).not.toBe(0)
      expect(uid).toBe(account?.uid ?? process.getuid?.())
    }
    const settings = await sql.query(
      'select name, setting from pg_settings where name = any ($1::text[]) order by name',
      ['{fsync,full_page_writes,listen_addresses,synchronous_commit}'],
    )
    expect(settings).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'listen_addresses', setting: '' },
      { name: 'synchronous_commit', setting: 'on' },
    ])
  })

  test('is reached on loopback where the path of its socket is too long', { timeout: 60_000 }, async () => {
    const dataDir = join(folder, 'x'.repeat(60), 'y'.repeat(60))
    const database = await open({ dataDir })
    expect(await database.sql.query(`select current_setting('listen_addresses') as at`)).toEqual([{ at: '127.0.0.1' }])
    await database.close()
  })

  test('is started again when it dies, and the same connections go on', { timeout: 60_000 }, async () => {
    const said: string[] = []
    const { sql } = await open({ log: (_, message) => said.push(message) })
    await sql.script('create table kept (id int)')
    await sql.query('insert into kept values (1)')
    process.kill((await readPostmaster(join(folder, 'postgres')))!.pid, 'SIGKILL')
    await expect.poll(() => said.join('\n'), { timeout: 20_000 }).toMatch(/died; starting it again.*runs again/s)
    const attempt = () => sql.query('select id from kept').catch((error: SqlError) => error.isUnavailable)
    await expect.poll(attempt, { timeout: 20_000 }).toEqual([{ id: 1 }])
  })

  test('starts although another process has the pid that a killed server left in its file', {
    timeout: 60_000,
  }, async () => {
    await (await open()).close()
    const stale = [process.pid, join(folder, 'postgres'), '1', '5432', '.', '', ' 1 1', 'ready   ', '']
    await writeFile(join(folder, 'postgres', 'postmaster.pid'), stale.join('\n'))
    expect((await open()).describe).not.toContain('found running')
  })

  test('makes its files anew when the first start was killed half-way', { timeout: 60_000 }, async () => {
    await mkdir(join(folder, 'postgres.new', 'base'), { recursive: true })
    expect(await (await open()).sql.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('refuses the files of another major version in a sentence', { timeout: 60_000 }, async () => {
    await (await open()).close()
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '17\n')
    await expect(open()).rejects.toThrow(/was made by PostgreSQL 17, this release runs 18/)
    expect(await lstat(join(folder, 'textloom.lock')).catch(() => null)).toBeNull()
  })
})

describe('which engine a folder gets', () => {
  const nowhere = { reason: 'npm installed no PostgreSQL for plan9 mips' }

  test('PGlite where PostgreSQL cannot run, said aloud', { timeout: 60_000 }, async () => {
    const said: string[] = []
    const database = await open({ binaries: nowhere, log: (level, message) => said.push(`${level}: ${message}`) })
    expect(database.engine).toBe('pglite')
    expect(database.warnings).toEqual([expect.stringMatching(/plan9 mips.*not safe against power loss/s)])
    expect(said).toContain(`warn: ${database.warnings[0]}`)
  })

  test('never another one than the one whose files it holds', { timeout: 60_000 }, async () => {
    await mkdir(join(folder, 'postgres'))
    await expect(open({ binaries: nowhere })).rejects.toThrow(
      /holds a PostgreSQL database, and PostgreSQL cannot run here/,
    )
  })

  test('a folder with somebody else’s "postgres" in it is left alone', { timeout: 60_000 }, async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres', 'letter.txt'), 'Dear Ann')
    await expect(open()).rejects.toMatchObject({ code: 'folder' })
    expect(await readFile(join(folder, 'postgres', 'letter.txt'), 'utf8')).toBe('Dear Ann')
  })
})

describe('DATABASE_URL', () => {
  test('that names a server uses it, and says that the folder’s own database is not used', { timeout: 60_000 }, async ({
    skip,
  }) => {
    const engine = testEngines.find((candidate) => candidate.engine === 'server')!
    const why = await engine.unavailable()
    if (why !== undefined) skip(why)
    const server = await engine.start()
    try {
      await mkdir(join(folder, 'pglite'))
      const database = await open({ databaseUrl: (await server.database()).url })
      expect(database).toMatchObject({ engine: 'server', isExclusive: false })
      expect(database.warnings.join()).toContain('not used while DATABASE_URL is set')
      expect(await database.sql.query('select count(*) as n from session')).toEqual([{ n: 0 }])
      await database.close()
    } finally {
      await server.stop()
    }
  })

  test.each([
    {
      title: 'nobody listens there',
      url: 'postgres://me:topsecret@127.0.0.1:1/db',
      says: /127\.0\.0\.1:1\/db cannot be used/,
    },
    { title: 'it is no URL', url: 'topsecret', says: /is not a URL/ },
  ])('where $title is refused without showing the password', { timeout: 60_000 }, async ({ url, says }) => {
    const refusal = open({ databaseUrl: url })
    await expect(refusal).rejects.toMatchObject({ code: 'server', message: expect.stringMatching(says) })
    await expect(refusal).rejects.not.toThrow(/topsecret/)
  })
})
