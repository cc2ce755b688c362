import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  type ListeningModem,
  listenAsModem,
  ModemPlayer,
  type ModemStep,
  modemStepSchema,
  PretendModem,
  systemTimers,
  UnmetModemExpectation,
} from '@textloom/transports/pretend-modem'
import type { Command } from 'commander'
import * as z from 'zod'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { playScript, playStdin, readScript, type Script } from './script.ts'

interface ModemOptions {
  readonly port?: string
  readonly pty?: string
  readonly pin?: string
  readonly capacity: string
  readonly script?: string
}

const optionSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  pin: z
    .string()
    .regex(/^\d{4,8}$/, 'must have four to eight digits')
    .optional(),
  capacity: z.coerce.number().int().min(1).max(255),
})

const scriptHelp = `
Script and stdin, one JSON object a line (docs/guides/modem.md has them all):
  {"mo":{"from":"+36301234567","text":"YES"}}               a phone writes
  {"wait":"deleted"}                                        until all of it is deleted; also "PT2S"
  {"expect":{"mt":{"to":"+36301234567","text":"Thanks"}}}   the next text that a phone gets, within PT10S
  {"fault":{"refuseNext":42}}                               also isSilent, isOffline, isChatty, isQuiet, delayNextMs
  {"unplug":true}                                           the modem is pulled out
  {"exit":0}                                                the end; without it the modem stays
On stdin also FROM TEXT: +36301234567 YES`

/** `textloom modem`: a pretend GSM modem with scripted phones and faults, in a process of its own (CONTRACT §4). */
export function configure(command: Command, io: Io): void {
  command
    .description(
      'Pretend to be a GSM modem, behind a port of 127.0.0.1 or a pseudo-terminal. What happens is printed as JSON Lines.',
    )
    .option('--port <number>', 'TCP port; 0: the system chooses, and it is printed')
    .option('--pty <path>', 'make a pseudo-terminal there, which serial programs can open (needs socat)')
    .option('--pin <digits>', 'the PIN that the SIM asks for')
    .option('--capacity <number>', 'how many messages the storage holds', '20')
    .option('--script <file>', 'play this script, then stay unless it says exit')
    .addHelpText('after', scriptHelp)
    .action((options: ModemOptions) => modem(options, io))
}

/** Runs until a script says exit, or until it is told to stop by SIGINT or SIGTERM. */
async function modem(given: ModemOptions, io: Io): Promise<void> {
  const { port, pin, capacity } = checked(given)
  const ended = Promise.withResolvers<number>()
  const print = (event: { readonly type: string; readonly [fact: string]: unknown }) => {
    io.print(`${JSON.stringify({ ...event, at: new Date().toISOString() })}\n`).catch(ended.reject)
  }
  const pretend = new PretendModem({ capacity, ...(pin !== undefined && { pin }) })
  pretend.onText = (text) => print({ type: 'mt', ...text })
  pretend.onCommand = (line) => print({ type: 'command', line: line.replace(/(CPIN=).*/, '$1…') })
  const player = new ModemPlayer(pretend, systemTimers)
  const script: Script<ModemStep> = {
    schema: modemStepSchema,
    spoken: spokenMo,
    help: 'textloom modem --help and docs/guides/modem.md',
    play: (step) => player.play(step),
    isUnmet: (error) => error instanceof UnmetModemExpectation,
  }
  const steps = await readScript(script, given.script, io)
  const listening = await listen(pretend, port)
  const stop = () => ended.resolve(exitCodes.done)
  process.on('SIGINT', stop).on('SIGTERM', stop)
  let terminal: ChildProcess | undefined
  try {
    if (given.pty !== undefined) terminal = await openTerminal(given.pty, listening.port)
    print({ type: 'listening', port: listening.port, ...(given.pty !== undefined && { pty: given.pty }) } as {
      type: string
    })
    for (const playing of [playScript(script, steps), playStdin(script, io)]) {
      playing.then((exitCode) => exitCode !== undefined && ended.resolve(exitCode), ended.reject)
    }
    io.exitCode = await ended.promise
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    terminal?.kill()
    if (io.stdin instanceof Readable) io.stdin.destroy()
    await listening.close()
  }
}

function checked(given: ModemOptions): z.output<typeof optionSchema> {
  const options = optionSchema.safeParse(given)
  if (options.success) return options.data
  const says = options.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)
  throw new CliError(exitCodes.use, `${says.join('; ')}. textloom modem --help lists the options.`)
}

async function listen(pretend: PretendModem, port: number): Promise<ListeningModem> {
  try {
    return await listenAsModem(pretend, port)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new CliError(exitCodes.world, `Cannot listen on port ${port}: ${problem}. Try --port 0.`, { cause })
  }
}

/** Node has no pseudo-terminals; socat makes one and joins it to the port. */
async function openTerminal(path: string, port: number): Promise<ChildProcess> {
  const socat = spawn('socat', [`PTY,raw,echo=0,link=${path}`, `TCP:127.0.0.1:${port}`], { stdio: 'ignore' })
  const failed = once(socat, 'error').then(([cause]) => {
    throw new CliError(exitCodes.world, '--pty needs socat, which is not installed. Install it, or use --port.', {
      cause,
    })
  })
  const isThere = async () => {
    for (let tries = 0; tries < 100; tries++) {
      if (
        await access(path).then(
          () => true,
          () => false,
        )
      )
        return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    socat.kill()
    throw new CliError(exitCodes.world, `socat could not make ${path}.`)
  }
  await Promise.race([isThere(), failed])
  return socat
}

/** `+36301234567 YES` as the step it stands for. */
function spokenMo(text: string): string | undefined {
  const [, from, said] = /^\s*([+\d]\S*)\s+(.*?)\s*$/.exec(text) ?? []
  return from === undefined ? undefined : JSON.stringify({ mo: { from, text: said } })
}
