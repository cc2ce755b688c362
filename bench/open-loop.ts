import { setTimeout as pause } from 'node:timers/promises'
import type { PretendSmsc } from '@textloom/transports/pretend-smsc'

const ANSWERED_WITHIN_MS = 60_000

/**
 * Lets a text be written every so often, whether the last one is answered or not: what people do. A phone that is named
 * again must have its answer by then. Milliseconds from the moment at which each text should have been written to its answer.
 * @throws Error when an answer does not come at all
 */
export async function openLoop(
  smsc: PretendSmsc,
  load: {
    readonly perSecond: number
    readonly seconds: number
    readonly to: string
    /** The phone that writes the n-th text, from 0. */
    phone(index: number): string
  },
): Promise<number[]> {
  const dueAtMs = new Map<string, number>()
  const latenciesMs: number[] = []
  const stop = smsc.onEvent((event) => {
    const since = event.type === 'mt' ? dueAtMs.get(event.to) : undefined
    if (event.type !== 'mt' || since === undefined) return
    dueAtMs.delete(event.to)
    latenciesMs.push(performance.now() - since)
  })
  try {
    const startedAtMs = performance.now()
    const all = Math.round(load.perSecond * load.seconds)
    for (let index = 0; index < all; index++) {
      const atMs = startedAtMs + (index / load.perSecond) * 1_000
      while (performance.now() < atMs) await pause(Math.max(1, atMs - performance.now()))
      const phone = load.phone(index)
      dueAtMs.set(phone, atMs)
      void smsc.hears({ from: phone, to: load.to, text: 'hello' })
    }
    const deadlineMs = performance.now() + ANSWERED_WITHIN_MS
    while (dueAtMs.size > 0 && performance.now() < deadlineMs) await pause(10)
    if (dueAtMs.size > 0) throw new Error(`${dueAtMs.size} texts of ${all} were not answered.`)
    return latenciesMs
  } finally {
    stop()
  }
}
