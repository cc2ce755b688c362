/** Time as a session needs it: the present and a call later. Real in a link, moved by hand in tests. */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number
  /** Calls `run` once after so many milliseconds; what it returns takes that back. */
  after(delayMs: number, run: () => void): () => void
}

/** The timers of the process. They do not keep it alive: sockets do. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
