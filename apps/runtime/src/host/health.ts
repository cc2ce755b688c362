/** Whether the runtime can do its work, and if not, why. */
export interface Health {
  /**
   * A part is in trouble, or (without an error) in order again. With `forMs` the trouble is forgotten after that time:
   * for parts that find out only when there is something to do.
   */
  report(part: string, error?: Error, options?: { readonly forMs: number }): void
  /** One sentence for each part that is not in order. */
  reasons(): string[]
  last(part: string): Error | undefined
}

/** Remembers the last word of each part. */
export function healthBoard(monotonicMs: () => number = () => performance.now()): Health {
  const troubles = new Map<string, { readonly error: Error; readonly untilMs: number }>()

  function current(): [part: string, error: Error][] {
    const nowMs = monotonicMs()
    return [...troubles].flatMap(([part, { error, untilMs }]) => (nowMs < untilMs ? [[part, error]] : []))
  }

  return {
    report(part, error, { forMs } = { forMs: Number.POSITIVE_INFINITY }) {
      if (error === undefined) troubles.delete(part)
      else troubles.set(part, { error, untilMs: monotonicMs() + forMs })
    },
    reasons: () => current().map(([part, error]) => `${part}: ${error.message}`),
    last: (part) => troubles.get(part)?.error,
  }
}
