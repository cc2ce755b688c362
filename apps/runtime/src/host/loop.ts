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
 * loop earlier. A pass that fails is reported and called again after a growing pause.
 */
export function startLoop(pass: () => Promise<number>, failed: (error: Error) => void): Loop {
  let isStopped = false
  let isAwake = false
  let wakeUp: () => void = () => undefined

  async function run(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS
    while (!isStopped) {
      isAwake = false
      let sleepMs: number
      try {
        sleepMs = await pass()
        pauseMs = FIRST_PAUSE_MS
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
        // A failing pass is not to be hurried by those who have work for it.
        await sleepFor(pauseMs)
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
        continue
      }
      // Always at least a turn of the event loop: PGlite answers in microtasks, and sockets must not starve.
      await (isAwake ? new Promise<void>((resolve) => setImmediate(resolve)) : sleepFor(sleepMs))
    }
  }

  function sleepFor(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        wakeUp = () => undefined
        resolve()
      }
      wakeUp = done
    })
  }

  const ended = run()
  return {
    wake() {
      isAwake = true
      wakeUp()
    },
    async stop() {
      isStopped = true
      wakeUp()
      await ended
    },
  }
}
