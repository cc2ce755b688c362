/** Why a file is not taken, in words that say what to do about it. */
export class FileRefusal extends Error {
  readonly code: FileRefusalCode

  constructor(code: FileRefusalCode, message: string) {
    super(message)
    this.name = 'FileRefusal'
    this.code = code
  }
}

/** Kinds of refusal; the sentence says the rest. */
export type FileRefusalCode = 'empty' | 'not-a-table' | 'too-large' | 'damaged'
