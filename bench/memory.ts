import { readFileSync } from 'node:fs'

/** What a process has in memory now (`VmRSS`) or had at most (`VmHWM`), MB; NaN where there is no /proc. */
export function memoryMb(pid: number, which: 'VmRSS' | 'VmHWM'): number {
  try {
    const [, kilobytes] =
      new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1_024
  } catch {
    return Number.NaN
  }
}
