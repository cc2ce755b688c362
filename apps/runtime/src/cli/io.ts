/** Where a command reads and writes: the process, or a test. */
export interface Io {
  /** Writes results to stdout, as they are. */
  print(text: string): Promise<void>
  /** Writes results that are no text to stdout. */
  write(octets: Uint8Array): Promise<void>
  /** Writes errors and remarks to stderr, as they are. */
  remark(text: string): Promise<void>
  /** stdin, as octets. */
  readonly stdin: AsyncIterable<Uint8Array>
  /** True when a person sits at stdin. */
  readonly isTerminal: boolean
  readonly env: { readonly [name: string]: string | undefined }
  /** What the command ends with; 0 unless it says otherwise. */
  exitCode: number
}

/** Whoever read the output has seen enough (`textloom … | head`): nothing is wrong, and nothing more need be said. */
export class OutputClosed extends Error {
  constructor() {
    super('Nobody reads the output any more.')
    this.name = 'OutputClosed'
  }
}

/** The process's own streams. Writing throws `OutputClosed` once the reader is gone. */
export function processIo(): Io {
  // Without a listener the event of the same error would end the process; `written` reports it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  return {
    print: (text) => written(process.stdout, text),
    write: (octets) => written(process.stdout, octets),
    remark: (text) => written(process.stderr, text),
    stdin: process.stdin,
    isTerminal: process.stdin.isTTY === true,
    env: process.env,
    exitCode: 0,
  }
}

/** Resolves when it is on its way, so that a slow reader slows the command instead of filling its memory. */
function written(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) resolve()
      else reject('code' in error && error.code === 'EPIPE' ? new OutputClosed() : error)
    })
  })
}
