import { accountFor } from '../../db/engine/account.ts'
import { findBinaries } from '../../db/engine/binaries.ts'
import { listen } from '../../listen.ts'
import { ListenError } from '../../listen-error.ts'
import type { Settings } from '../../settings/environment.ts'
import { readHandsetFile } from '../../settings/handset-file.ts'
import { type Finding, fine, remark, trouble } from './finding.ts'

/** The oldest Node that the runtime itself runs under; the commands bring a newer one along where npm has one. */
const OLDEST_NODE = [22, 22] as const

/** Node, and the PostgreSQL that npm brought. */
export async function lookAtMachine(settings: Settings): Promise<Finding[]> {
  return [node(), await engine(settings), await port(settings)]
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  const version = `Node ${process.versions.node} on ${process.platform} ${process.arch}`
  return isOld
    ? trouble('node', `${version} is too old: install ${OLDEST_NODE.join('.')} or newer.`)
    : fine('node', `${version}.`)
}

async function engine({ databaseUrl }: Settings): Promise<Finding> {
  if (databaseUrl !== undefined) return fine('engine', 'The server at DATABASE_URL.')
  const account = await accountFor(undefined)
  const found =
    account === null ? { reason: 'there is no account without privileges to run it as' } : await findBinaries(account)
  if (!('reason' in found)) return fine('engine', `PostgreSQL ${found.major}, brought by npm.`)
  return remark(
    'engine',
    `PostgreSQL cannot run here: ${found.reason}. A new data folder gets PGlite, which is not safe against power loss; set DATABASE_URL for a server.`,
  )
}

async function port({ host, port: wanted, dataDir }: Settings): Promise<Finding> {
  const place = `${host}:${wanted}`
  try {
    const listening = await listen(() => new Response(), { host, port: wanted })
    await listening.close(0)
    return fine('port', `${place} is free.`)
  } catch (error) {
    const running = await readHandsetFile(dataDir)
    if (running !== undefined && new URL(running.url).port === String(wanted)) {
      return fine('port', `${place} is where this instance listens.`)
    }
    const code = error instanceof ListenError ? error.code : String(error)
    return trouble('port', `${place} cannot be listened on (${code}). Stop what uses it, or set HOST and PORT.`)
  }
}
