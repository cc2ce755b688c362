import type { PretendSmsc } from '@textloom/transports/pretend-smsc'

/** What came of phones that each wait for an answer before they write again. */
export interface Loop {
  /** From the MO on the wire to the MT on the wire, one for each round trip. */
  readonly latenciesMs: readonly number[]
  readonly perSecond: number
}

const ANSWER_WITHIN_MS = 10_000

/**
 * Lets `phones` talk for `seconds`: as many round trips are outstanding at any time.
 * @throws Error when an answer does not come at all
 */
export async function closedLoop(
  smsc: PretendSmsc,
  {
    phones,
    seconds,
    to,
    phoneOf = (talker) => `3630${1_000_000 + talker}`,
  }: {
    readonly phones: number
    readonly seconds: number
    readonly to: string
    /** The number, without a plus, that a talker writes with next, for the n-th text of all. By default each has one. */
    phoneOf?(talker: number, index: number): string
  },
): Promise<Loop> {
  const waiting = new Map<string, (latencyMs: number) => void>()
  const sentAtMs = new Map<string, number>()
  const stop = smsc.onEvent((event) => {
    if (event.type !== 'mt') return
    const phone = digitsOf(event.to)
    waiting.get(phone)?.(performance.now() - (sentAtMs.get(phone) ?? Number.NaN))
    waiting.delete(phone)
  })
  const latenciesMs: number[] = []
  const startedAtMs = performance.now()
  let written = 0
  const talk = async (talker: number) => {
    while (performance.now() - startedAtMs < seconds * 1_000) {
      const phone = phoneOf(talker, written++)
      const answered = new Promise<number>((resolve, reject) => {
        const timeout = setTimeout(() => reject(new Error(`No answer to ${phone} came.`)), ANSWER_WITHIN_MS)
        waiting.set(phone, (latencyMs) => {
          clearTimeout(timeout)
          resolve(latencyMs)
        })
      })
      sentAtMs.set(phone, performance.now())
      void smsc.hears({ from: `+${phone}`, to, text: 'ping hello' })
      latenciesMs.push(await answered)
    }
  }
  try {
    await Promise.all(Array.from({ length: phones }, (_, talker) => talk(talker)))
  } finally {
    stop()
  }
  return { latenciesMs, perSecond: (latenciesMs.length / (performance.now() - startedAtMs)) * 1_000 }
}

/** Kannel writes a phone's number as it likes. */
function digitsOf(number: string): string {
  return number.replace(/^\+/, '')
}
