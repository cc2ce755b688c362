import { type Pauses, realPauses } from './pauses.ts'

/** Work that is done over and over until it is stopped. */
export interface Loop {
  /** There is something to do now. */
  wake(): void
  /** Lets the running pass end, and begins no other. */
  stop(): Promise<void>
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000

/**
 * Calls `pass` until stopped; it answers how many milliseconds may go by before it is called again, if nobody wakes the
 * loop earlier. A pass that fails is reported, and called again after a growing pause that nobody can shorten.
 */
export function startLoop(
  pass: () => Promise<number>,
  failed: (error: Error) => void,
  pauses: Pauses = realPauses,
): Loop {
  let isStopped = false
  let isAwake = false
  let wakeUp: (() => void) | undefined
  let endPause: (() => void) | undefined

  async function run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    while (!isStopped) {
      isAwake = false
      try {
        const sleepMs = await pass()
        pauseMs = FIRST_PAUSE_MS
        // PGlite answers in microtasks: without a turn of the event loop between passes, sockets and timers would starve.
        await (isAwake || isStopped ? pauses.nextTurn() : sleep(sleepMs))
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
        if (!isStopped) await pause(pauseMs)
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
      }
    }
  }

  async function sleep(ms: number): Promise<void> {
    const slept = pause(ms)
    wakeUp = endPause
    await slept
    wakeUp = undefined
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const noLonger = pauses.after(ms, resolve)
      endPause = () => {
        noLonger()
        resolve()
      }
    })
  }

  // Not at once: the pass may use what its caller is still making, this loop included.
  const ended = pauses.nextTurn().then(run)
  return {
    wake() {
      isAwake = true
      wakeUp?.()
    },
    async stop() {
      isStopped = true
      endPause?.()
      await ended
    },
  }
}
