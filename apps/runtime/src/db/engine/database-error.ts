/** Why the database could not be opened: a sentence for the operator that ends with what to do. */
export class DatabaseError extends Error {
  /** `folder-held`: by another process. `folder`: its files cannot be used. `start`: the engine did not come up. */
  readonly code: 'folder-held' | 'folder' | 'start' | 'server'

  constructor(code: DatabaseError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'DatabaseError'
    this.code = code
  }
}
