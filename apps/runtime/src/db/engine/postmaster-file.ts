import { execFile } from 'node:child_process'
import { readFile, readlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isPidInUse } from './process-identity.ts'

/** What a running PostgreSQL says about itself in `postmaster.pid` (src/include/utils/pidfile.h). */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** '' when it listens on a socket only. */
  readonly listenAddress: string
  /** '' when it listens on an address only. */
  readonly socketDirectory: string
  readonly status: 'starting' | 'ready' | 'stopping' | 'standby'
}

/** Reads `postmaster.pid` of a cluster; null when there is none, or when it is still being written. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null)
  const [pid, , , port, socketDirectory = '', listenAddress = '', , status] = (text ?? '').split('\n')
  if (status === undefined || !/^(?:starting|ready|stopping|standby)/.test(status)) return null
  return {
    pid: Number(pid),
    port: Number(port),
    socketDirectory,
    listenAddress,
    status: status.trim() as Postmaster['status'],
  }
}

/** Whether that process is the server of this very cluster, and not one that was given its pid later. */
export async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  if (!isPidInUse(pid)) return false
  // The postmaster's working directory is its cluster; elsewhere its name has to do.
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => null)) === cluster
  const [file, ...args] =
    process.platform === 'win32' ? ['tasklist', '/FI', `PID eq ${pid}`] : ['ps', '-p', String(pid), '-o', 'comm=']
  const { stdout } = await promisify(execFile)(file, args).catch(() => ({ stdout: '' }))
  return stdout.includes('postgres')
}

/**
 * Makes a left-over `postmaster.pid` harmless whose pid is some other process's by now: PostgreSQL would refuse to
 * start. The file stays, since its shared memory key is how the new server notices orphans of the old one.
 */
export async function disownPostmasterPid(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return
  const [pid] = text.split('\n', 1)
  if (!isPidInUse(Number(pid)) || (await servesCluster(Number(pid), cluster))) return
  // PID_MAX_LIMIT of Linux is 2^22: no process ever has this one.
  await writeFile(path, text.replace(/^.*/, String(2 ** 22 + 1)))
}
