/** What one look found. `trouble` is something that keeps an instance from working; `remark` is good to know. */
export interface Finding {
  readonly what: string
  readonly state: 'fine' | 'remark' | 'trouble'
  /** One sentence: how it is, and what to do where that is not well. */
  readonly says: string
}

export function fine(what: string, says: string): Finding {
  return { what, state: 'fine', says }
}

export function remark(what: string, says: string): Finding {
  return { what, state: 'remark', says }
}

export function trouble(what: string, says: string): Finding {
  return { what, state: 'trouble', says }
}

/** The words of whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
