import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Tells one process from every other, also from a later one that was given the same pid. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** What `pid` is a number in: boot and pid namespace on Linux; null elsewhere. */
  readonly world: string | null
  /** Clock ticks between boot and the start of the process; null where it cannot be known. */
  readonly startTicks: string | null
}

/** This process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  const [world, startTicks] = await Promise.all([currentWorld(), startTicksOf(process.pid)])
  return { pid: process.pid, host: hostname(), world, startTicks }
}

/**
 * Whether that process still runs. `unknown` when it cannot be told from here: it ran on another machine or in
 * another container, or this system does not say when a process started.
 */
export async function isRunning(other: ProcessIdentity): Promise<boolean | 'unknown'> {
  const world = await currentWorld()
  if (world === null) return other.host === hostname() && !isPidInUse(other.pid) ? false : 'unknown'
  if (other.world !== world) return 'unknown'
  return isPidInUse(other.pid) && (await startTicksOf(other.pid)) === other.startTicks
}

/** Whether any process has this pid. */
export function isPidInUse(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function currentWorld(): Promise<string | null> {
  try {
    const [boot, namespace] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readlink('/proc/self/ns/pid'),
    ])
    return `${boot.trim()} ${namespace}`
  } catch {
    return null
  }
}

async function startTicksOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // proc(5): field 22. Field 2 is the name in parentheses and may hold anything, so count from its end.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
