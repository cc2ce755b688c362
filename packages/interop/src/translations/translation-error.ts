/** A file of translations that cannot be read, with the place and what to do. */
export class TranslationFileError extends Error {
  /** From 1. */
  readonly line: number

  constructor(message: string, line: number) {
    super(`Line ${line}: ${message}`)
    this.name = 'TranslationFileError'
    this.line = line
  }
}
