import { readdirSync, readFileSync } from 'node:fs'

/** Of USER_HZ, which Linux has told programs for thirty years, whatever the kernel counts in. */
const MS_PER_TICK = 10

/**
 * CPU time that processes and their descendants have used so far, user and system, milliseconds, as the operating system
 * accounts it: of those that live, and of those that ended and were waited for. Undefined where there is no /proc.
 */
export function cpuMs(roots: readonly number[]): number | undefined {
  const all = processes()
  if (all === undefined) return undefined
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]))
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 0; at = parents.get(at)) {
      if (roots.includes(at)) return true
    }
    return false
  }
  return all.filter(({ pid }) => isOurs(pid)).reduce((sum, { ticks }) => sum + ticks * MS_PER_TICK, 0)
}

function processes() {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (processOf(Number(name)) ?? []) : []))
  } catch {
    return undefined
  }
}

function processOf(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name of the program may have blanks and parentheses in it (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // utime, stime, and cutime, cstime of children that were waited for.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { pid, parent: Number(fields[1]), ticks }
  } catch {
    return undefined // it ended meanwhile
  }
}
