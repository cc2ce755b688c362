import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { projectNode } from '../../../../../scripts/node24.mjs'

/** How a process ended. */
export interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process of ours, and what it said. */
export interface Program {
  readonly pid: number
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly ended: Promise<End>
  /** The first line of stdout, so far or to come, that fits. @throws Error with all it said, if it ends before that */
  line(fits: RegExp, withinMs?: number): Promise<RegExpExecArray>
  write(line: string): void
  signal(signal: NodeJS.Signals): void
  /** SIGKILL, and gone when it resolves. */
  kill(): Promise<End>
}

const running = new Set<ChildProcess>()
// A test run that is itself ended leaves nothing behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Runs a script with the project's Node, by itself: no shell, no wrapper, so that its pid is what is killed. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(projectNode(), args, { env: { ...bareEnvironment(), ...env }, stdio: 'pipe' })
  running.add(child)
  const stdout: string[] = []
  const stderr: string[] = []
  const watchers = new Set<() => void>()
  child.stdin.on('error', () => undefined) // whoever was killed reads no more
  createInterface(child.stdout).on('line', (line) => {
    stdout.push(line)
    for (const look of watchers) look()
  })
  createInterface(child.stderr).on('line', (line) => stderr.push(line))
  const ended = new Promise<End>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal })
    })
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${projectNode()} could not be started.`)

  function line(fits: RegExp, withinMs = 60_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const said = () => `${[...stdout.slice(-15), ...stderr.slice(-15)].join('\n')}`
      const settle = (outcome: () => void) => {
        clearTimeout(timeout)
        watchers.delete(look)
        outcome()
      }
      const look = () => {
        const found = stdout.map((text) => fits.exec(text)).find((match) => match !== null)
        if (found) settle(() => resolve(found))
      }
      const fail = (why: string) => settle(() => reject(new Error(`${why} It said:\n${said()}`)))
      const timeout = setTimeout(() => fail(`No line like ${fits} came within ${withinMs / 1000} s.`), withinMs)
      watchers.add(look)
      ended.then(({ code, signal }) => fail(`It ended with ${code ?? signal} before a line like ${fits}.`), reject)
      look()
    })
  }

  return {
    pid,
    stdout,
    stderr,
    ended,
    line,
    write: (text) => void child.stdin.write(`${text}\n`),
    signal: (signal) => void child.kill(signal),
    kill() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** Ours without the settings of whoever runs the tests. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const settings =
    /^(TEXTLOOM_|SEED$|DATABASE_URL$|HOST$|PORT$|PUBLIC_URL$|SMTP_URL$|TRUST_PROXY$|LOG_LEVEL$|NODE_|VITEST)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)))
}
