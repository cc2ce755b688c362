/**
 * A setting or the TEXTLOOM_CONFIG file is wrong, and nothing was begun or changed. The message has one sentence a
 * line, each naming its setting or place; commands end with exit code 2.
 */
export class SettingsError extends Error {
  readonly sentences: readonly string[]

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'SettingsError'
    this.sentences = sentences
  }
}
