/** Whether the runtime can do its work, and if not, why. */
export interface Health {
  /** Something is in order again (no error), or not. */
  report(part: string, error?: Error): void
  /** One sentence for each part that is not in order. */
  reasons(): string[]
  last(part: string): Error | undefined
}

/** Remembers the last word of each part. */
export function healthBoard(): Health {
  const troubles = new Map<string, Error>()
  return {
    report(part, error) {
      if (error === undefined) troubles.delete(part)
      else troubles.set(part, error)
    },
    reasons: () => [...troubles].map(([part, error]) => `${part}: ${error.message}`),
    last: (part) => troubles.get(part),
  }
}
