import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'

const versions = '/usr/lib/postgresql'
const program = (existsSync(versions) ? readdirSync(versions) : [])
  .map((version) => join(versions, version, 'bin/pgbench'))
  .findLast((path) => existsSync(path))

/** Why pgbench cannot be compared with here; undefined when it can. */
export function pgbenchMissing(): string | undefined {
  return program === undefined
    ? 'pgbench is not installed (Debian package postgresql), so there is no ratio to it.'
    : undefined
}

/** PostgreSQL's own load generator, in a database beside ours. */
export interface Pgbench {
  /** Turns per second of `clients` connections. */
  turns(clients: number, seconds: number): Promise<number>
  close(): Promise<void>
}

const database = 'pgbench_turns'

/** What one turn stores, in tables of the same kind as ours: a session, what came in, what goes out, what happened. */
const tables = `
create table session(bucket int, channel text, phone text, rev bigint, state json, next_due_at timestamptz,
  primary key(bucket, channel, phone)) with (fillfactor = 80);
create index on session(next_due_at) where next_due_at is not null;
create table inbox(bucket int, channel text, message_id text, phone text, body text, at timestamptz default now(),
  primary key(bucket, channel, message_id));
create table outbox(bucket int, channel text, phone text, rev bigint, n int, kind text default 'sms', payload json,
  state text default 'queued', due_at timestamptz default now(), primary key(bucket, channel, phone, rev, n));
create index on outbox(channel, due_at) where state = 'queued';
create table event(bucket int, at timestamptz default now(), channel text, phone text, rev bigint, kind text, data json);`

/** One turn as one transaction with a statement for each table: what a careful programme does that handles MOs singly. */
const turn = (stateOctets: number) => `
\\set p random(1, 5000)
\\set m random(1, 9000000000000000000)
begin;
insert into inbox(bucket, channel, message_id, phone, body)
  values (:p % 64, 'sim', (:m)::text, (:p)::text, 'Yes, please') on conflict do nothing;
select rev, state from session where bucket = :p % 64 and channel = 'sim' and phone = (:p)::text for update;
insert into session(bucket, channel, phone, rev, state, next_due_at)
  values (:p % 64, 'sim', (:p)::text, 1, '"${'x'.repeat(stateOctets - 2)}"', now() + interval '1 day')
  on conflict (bucket, channel, phone) do update
  set rev = session.rev + 1, state = excluded.state, next_due_at = excluded.next_due_at;
insert into outbox(bucket, channel, phone, rev, n, payload)
  values (:p % 64, 'sim', (:p)::text, :m, 0, '{"t":"sms","text":"hello there"}');
insert into event(bucket, channel, phone, rev, kind) values (:p % 64, 'sim', (:p)::text, 1, 'step');
commit;
`

/** Makes its tables on the server at `url`. */
export async function preparePgbench(url: string, stateOctets: number): Promise<Pgbench> {
  const admin = postgres(url, { max: 1 })
  await admin.unsafe(`create database ${database}`)
  await admin.end()
  const own = new URL(url)
  own.pathname = `/${database}`
  const sql = postgres(own.href, { max: 1 })
  await sql.unsafe(tables)
  await sql.end()
  const folder = await mkdtemp(join(tmpdir(), 'textloom-pgbench-'))
  const script = join(folder, 'turn.sql')
  await writeFile(script, turn(stateOctets))
  return {
    async turns(clients, seconds) {
      const args = ['-n', '-M', 'prepared', '-f', script, '-c', String(clients), '-j', '2', '-T', String(seconds)]
      const where = ['-h', own.hostname, '-p', own.port, '-U', decodeURIComponent(own.username), database]
      const env = { ...process.env, PGPASSWORD: decodeURIComponent(own.password) }
      const { stdout } = await promisify(execFile)(program ?? 'pgbench', [...args, ...where], { env })
      const [, tps] = /^tps = ([\d.]+)/m.exec(stdout) ?? []
      if (tps === undefined) throw new Error(`pgbench said nothing of tps:\n${stdout}`)
      return Number(tps)
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
