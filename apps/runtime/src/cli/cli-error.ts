/** What a command ends with (CONTRACT §4). */
export const exitCodes = {
  done: 0,
  /** The input is at fault: an invalid flow, a bad script line, a failing saved test. */
  input: 1,
  /** Wrong use, setting or config, or a file that cannot be read. */
  use: 2,
  /** The world is at fault: the database, a port, a data folder that is held. */
  world: 3,
} as const

/** Ends a command with a sentence on stderr: what happened, to which thing, what to do next. */
export class CliError extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.exitCode = exitCode
  }
}
