import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@textloom/runtime/testing/system'

const NODES = 3
/** What Patroni takes for its least; a primary that says nothing for so long is replaced. */
const TTL_S = 20
const READY_WITHIN_MS = 120_000

const versions = '/usr/lib/postgresql'
const binaries = (existsSync(versions) ? readdirSync(versions) : [])
  .map((version) => join(versions, version, 'bin'))
  .findLast((folder) => existsSync(join(folder, 'pg_rewind')))
const programs = { patroni: '/usr/bin/patroni', etcd: '/usr/bin/etcd' }

/** Why there can be no cluster here; undefined when there can. */
export async function patroniMissing(): Promise<string | undefined> {
  const missing = [
    ...(binaries === undefined ? ['postgresql'] : []),
    ...(existsSync(programs.patroni) ? [] : ['patroni']),
    ...(existsSync(programs.etcd) ? [] : ['etcd-server']),
  ]
  return missing.length > 0 ? `needs the Debian packages ${missing.join(', ')}` : undefined
}

/**
 * Three PostgreSQL servers on 127.0.0.1 under Patroni: a primary, a standby that has each commit before it is answered, and
 * one that follows. One etcd knows who is what: where all of it is one machine, three would die with it too.
 */
export interface Cluster {
  /** All servers, for `DATABASE_URL`. */
  readonly url: string
  /** Ends a server as a power cut would, with the Patroni beside it. */
  kill(name: string): Promise<void>
  /** Starts a server that was killed again: it goes back to where the others parted from it, and follows. */
  startAgain(name: string): Promise<void>
  /** The name of the primary, once one takes writes that is not `besides`, and another has each commit too. */
  whole(besides?: string): Promise<string>
  stop(): Promise<void>
}

interface Node {
  readonly name: string
  readonly port: number
  readonly restPort: number
  readonly dataDir: string
  readonly config: string
  patroni: ChildProcess | undefined
}

/** What `GET /cluster` tells of each. */
interface Member {
  readonly name: string
  readonly role: string
  readonly state: string
}

/** Makes the servers and waits until each has its place. */
export async function startCluster(): Promise<Cluster> {
  const account = accountOfServers()
  const folder = await mkdtemp(join(tmpdir(), 'textloom-patroni-'))
  await chmod(folder, 0o711)
  const [etcdClient = 0, etcdPeer = 0, ...ports] = await freePorts(2 + 2 * NODES)
  const password = randomBytes(16).toString('hex')
  const etcdFolder = join(folder, 'etcd')
  const etcd = run(programs.etcd, etcdArguments(etcdFolder, etcdClient, etcdPeer), join(folder, 'etcd.log'))
  const nodes: Node[] = []
  for (let index = 0; index < NODES; index++) {
    const name = `node${index + 1}`
    const home = join(folder, name)
    await mkdir(home, { mode: 0o700 })
    const [port = 0, restPort = 0] = ports.slice(2 * index)
    const node = { name, port, restPort, dataDir: join(home, 'data'), config: join(home, 'patroni.json') }
    // Patroni reads YAML, which JSON is.
    await writeFile(node.config, JSON.stringify(configOf(node, { home, password, etcdPort: etcdClient }), null, 2))
    if (account !== undefined) for (const path of [home, node.config]) await chown(path, account.uid, account.gid)
    nodes.push({ ...node, patroni: undefined })
  }

  const start = (node: Node) => {
    node.patroni = run(programs.patroni, [node.config], join(folder, `${node.name}.log`), account)
  }
  const members = async (): Promise<readonly Member[]> => {
    for (const { restPort } of nodes) {
      const answer = await fetch(`http://127.0.0.1:${restPort}/cluster`, { signal: AbortSignal.timeout(2_000) }).catch(
        () => undefined,
      )
      if (answer?.ok) return ((await answer.json()) as { members: Member[] }).members
    }
    return []
  }
  const nodeOf = (name: string) => {
    const node = nodes.find((one) => one.name === name)
    if (node === undefined) throw new Error(`There is no ${name}.`)
    return node
  }
  const whole: Cluster['whole'] = async (besides) => {
    let seen: readonly Member[] = []
    return until(
      async () => {
        seen = await members()
        const primary = seen.find(
          ({ role, state, name }) => role === 'leader' && state === 'running' && name !== besides,
        )
        return seen.some(({ role }) => role === 'sync_standby') && primary?.name
      },
      () => `a primary and its synchronous standby; there are ${JSON.stringify(seen)} (see ${folder})`,
      READY_WITHIN_MS,
    )
  }
  const end = async (node: Node) => {
    node.patroni?.kill('SIGKILL')
    node.patroni = undefined
    const file = await readFile(join(node.dataDir, 'postmaster.pid'), 'utf8').catch(() => '')
    const pid = Number(file.split('\n')[0])
    if (!(pid > 0)) return
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It was dead already.
    }
  }

  const cluster: Cluster = {
    url: `postgres://postgres:${password}@${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}/postgres`,
    whole,
    kill: (name) => end(nodeOf(name)),
    async startAgain(name) {
      start(nodeOf(name))
      const isBack = async () =>
        (await members()).some((one) => one.name === name && one.state !== 'stopped' && one.role !== 'leader')
      await until(isBack, `${name} to follow`, READY_WITHIN_MS)
    },
    async stop() {
      for (const node of nodes) await end(node)
      etcd.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
  try {
    // The first makes the cluster, the others copy it.
    const [first, ...others] = nodes
    if (first !== undefined) start(first)
    await until(
      async () => (await members()).some(({ role }) => role === 'leader'),
      `a primary (see ${folder})`,
      READY_WITHIN_MS,
    )
    for (const node of others) start(node)
    await whole()
    return cluster
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

function configOf(
  { name, port, restPort, dataDir }: Pick<Node, 'name' | 'port' | 'restPort' | 'dataDir'>,
  { home, password, etcdPort }: { readonly home: string; readonly password: string; readonly etcdPort: number },
) {
  const user = (username: string) => ({ username, password })
  return {
    scope: 'textloom',
    name,
    restapi: { listen: `127.0.0.1:${restPort}`, connect_address: `127.0.0.1:${restPort}` },
    etcd3: { host: `127.0.0.1:${etcdPort}` },
    bootstrap: {
      dcs: {
        ttl: TTL_S,
        loop_wait: 5,
        retry_timeout: 5,
        // Without a standby that has it, nothing is acknowledged.
        synchronous_mode: true,
        synchronous_mode_strict: true,
        postgresql: { use_pg_rewind: true, parameters: { max_connections: 60, wal_log_hints: 'on' } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }],
      pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication all 127.0.0.1/32 scram-sha-256'],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${port}`,
      data_dir: dataDir,
      bin_dir: binaries,
      pgpass: join(home, 'pgpass'),
      authentication: { superuser: user('postgres'), replication: user('follower'), rewind: user('rewinder') },
      parameters: { unix_socket_directories: home },
    },
  }
}

function etcdArguments(folder: string, client: number, peer: number): string[] {
  const url = (port: number) => `http://127.0.0.1:${port}`
  const values = {
    'data-dir': folder,
    'listen-client-urls': url(client),
    'advertise-client-urls': url(client),
    'listen-peer-urls': url(peer),
    'initial-advertise-peer-urls': url(peer),
    'initial-cluster': `default=${url(peer)}`,
  }
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value])
}

interface Account {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL never runs as root. */
function accountOfServers(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

const running = new Set<ChildProcess>()
// A run that is itself ended leaves nothing behind but what Patroni has started.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function run(program: string, args: readonly string[], log: string, account?: Account): ChildProcess {
  const file = openSync(log, 'a', 0o600)
  const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' }
  const child = spawn(program, args, { stdio: ['ignore', file, file], env, cwd: tmpdir(), ...account })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address()
      await new Promise((resolve) => server.close(resolve))
      return typeof address === 'object' && address !== null ? address.port : 0
    }),
  )
}
