const key = 'textloom.recent-steps'

/** Node types that were added lately, the last one first. */
export function recentTypes(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(value) ? value.filter((type) => typeof type === 'string') : []
  } catch {
    return []
  }
}

/** Remembers that a type was added. */
export function rememberType(type: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([type, ...recentTypes().filter((other) => other !== type)].slice(0, 3)))
  } catch {
    // Storage is full or forbidden: the list is the same for everybody then.
  }
}
