/** How time goes by for the host. A simulation hands in its own, in which it goes by as a seed says. */
export interface Pauses {
  /** Milliseconds since some moment; they never go back. */
  nowMs(): number
  /** Calls back once after so many milliseconds, unless the function it returns is called before. */
  after(ms: number, done: () => void): () => void
  /** Resolves in the next turn of the event loop: sockets and timers have theirs before. */
  nextTurn(): Promise<void>
  /** From 0 on, less than 1: so that two that met once do not meet again. */
  random(): number
}

/** The machine's own time. */
export const realPauses: Pauses = {
  nowMs: () => performance.now(),
  after(ms, done) {
    const timer = setTimeout(done, ms)
    return () => clearTimeout(timer)
  },
  nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  random: Math.random,
}

/** Resolves after so many milliseconds. */
export function pauseOf(ms: number, pauses: Pauses): Promise<void> {
  return new Promise((resolve) => pauses.after(ms, resolve))
}
