import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Io } from '../cli/io.ts'
import { main } from '../cli/main.ts'

/** What a command said and ended with. */
export interface CliOutcome {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

/** Runs `textloom …` within this process, on streams of its own. */
export async function runCli(argv: readonly string[], stdin = ''): Promise<CliOutcome> {
  let stdout = ''
  let stderr = ''
  const io: Io = {
    async print(out) {
      stdout += out
    },
    write: () => Promise.reject(new Error('This command prints text.')),
    async remark(out) {
      stderr += out
    },
    stdin: (async function* () {
      if (stdin !== '') yield new TextEncoder().encode(stdin)
    })(),
    isTerminal: false,
    env: {},
    exitCode: 0,
  }
  const exitCode = await main(argv, io)
  return { stdout, stderr, exitCode }
}

/** Runs `textloom …` as a process of its own, as people do; `readsOneChunk` closes its stdout early, like `head`. */
export async function spawnCli(
  argv: readonly string[],
  stdin = '',
  { readsOneChunk = false }: { readsOneChunk?: boolean } = {},
): Promise<CliOutcome> {
  const program = fileURLToPath(new URL('../../bin/textloom.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, ...argv])
  child.stdin.end(stdin)
  if (readsOneChunk) child.stdout.once('data', () => child.stdout.destroy())
  const [stdout, stderr, exitCode] = await Promise.all([
    readsOneChunk ? '' : text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ])
  return { stdout, stderr, exitCode }
}
