import { Readable } from 'node:stream'
import {
  type FramedSmscOptions,
  framedStepSchema,
  PretendCimd2Smsc,
  PretendSmsc,
  type PretendSmscOptions,
  PretendUcpSmsc,
  type ScriptedSmsc,
  ScriptPlayer,
  type Step,
  stepSchema,
  systemTimers,
  UnmetExpectation,
} from '@textloom/transports/pretend-smsc'
import type { Command } from 'commander'
import * as z from 'zod'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { playScript, playStdin, readScript, type Script } from './script.ts'

interface SmscOptions {
  readonly protocol: string
  readonly port: string
  readonly systemId?: string
  readonly password?: string
  readonly script?: string
  readonly ids?: string
  readonly receipts?: string
  readonly long?: string
  readonly holdMos?: boolean
}

/** A pretend SMSC that can be started and stopped. */
interface Pretend extends ScriptedSmsc {
  start(): Promise<unknown>
  stop(): Promise<void>
}

/** What each protocol calls its pretend SMSC, and what its scripts may say. */
const protocols = {
  smpp: { open: (options: PretendSmscOptions): Pretend => new PretendSmsc(options), stepSchema },
  ucp: { open: (options: FramedSmscOptions): Pretend => new PretendUcpSmsc(options), stepSchema: framedStepSchema },
  cimd2: { open: (options: FramedSmscOptions): Pretend => new PretendCimd2Smsc(options), stepSchema: framedStepSchema },
}

const protocolNames = Object.keys(protocols) as (keyof typeof protocols)[]

const optionSchema = z
  .object({
    protocol: z.enum(protocolNames, { error: `must be one of ${protocolNames.join(', ')}` }),
    port: z.coerce.number().int().min(0).max(65_535),
    ids: z
      .enum(['text', 'decimal', 'hex', 'hex-to-decimal', 'decimal-to-hex', 'padded', 'uuid', 'constant'])
      .optional(),
    receipts: z.enum(['both', 'text', 'tlv']).optional(),
    long: z.enum(['udh8', 'udh16', 'sar', 'payload']).optional(),
    holdMos: z.boolean().optional(),
  })
  .check(({ value: { protocol, holdMos, ...more }, issues }) => {
    if (holdMos === true && protocol !== 'cimd2') {
      issues.push({ code: 'custom', path: ['hold-mos'], message: 'only cimd2 has clients that ask', input: holdMos })
    }
    for (const name of ['ids', 'receipts', 'long'] as const) {
      if (protocol === 'smpp' || more[name] === undefined) continue
      issues.push({ code: 'custom', path: [name], message: 'only smpp has several', input: more[name] })
    }
  })

const scriptHelp = `
Script and stdin, one JSON object a line (docs/guides/smsc.md has them all):
  {"wait":"bound"}                                          until an ESME is bound; also "acknowledged", "PT2S"
  {"mo":{"from":"+36301234567","to":"4040","text":"YES"}}   a phone writes
  {"expect":{"mt":{"to":"+36301234567","text":"Thanks"}}}   the next MT to this phone, within PT10S
  {"handsets":{"count":50,"from":"+36300000000","to":"4040","say":["A","B"]}}
  {"fault":{"submit":"throttle","times":5}}                 what goes wrong next
  {"drop":true}                                             the connections break
  {"exit":0}                                                the end; without it the SMSC stays
On stdin also FROM TO TEXT: +36301234567 4040 YES`

/** `textloom smsc`: a pretend SMSC with scripted handsets and faults, in a process of its own (CONTRACT §4). */
export function configure(command: Command, io: Io): void {
  command
    .description('Pretend to be an SMSC on 127.0.0.1. What happens is printed as JSON Lines.')
    .option('--protocol <name>', protocolNames.join(', '), 'smpp')
    .option('--port <number>', '0: the system chooses, and it is printed', '2775')
    .option('--system-id <text>', 'accept only this system_id, or user (default: any)')
    .option('--password <text>', 'accept only this password (default: any)')
    .option('--script <file>', 'play this script, then stay unless it says exit')
    .option(
      '--ids <style>',
      'smpp: message ids as decimal (default), hex, hex-to-decimal, decimal-to-hex, padded, uuid, text, constant',
    )
    .option('--receipts <style>', 'smpp: receipts written as text, tlv or both (default)')
    .option('--long <style>', 'smpp: long MOs as udh8 (default), udh16, sar or payload')
    .option('--hold-mos', 'cimd2: bring MOs only to clients that ask for them (05)')
    .addHelpText('after', scriptHelp)
    .action((options: SmscOptions) => smsc(options, io))
}

/** Runs until a script says exit, or until it is told to stop by SIGINT or SIGTERM. */
async function smsc(given: SmscOptions, io: Io): Promise<void> {
  const { protocol, options } = pretendOptions(given)
  const ended = Promise.withResolvers<number>()
  const print = ({ type, at = Date.now(), ...facts }: { readonly type: string; readonly at?: number }) => {
    io.print(`${JSON.stringify({ type, at: new Date(at).toISOString(), ...facts })}\n`).catch(ended.reject)
  }
  let player: ScriptPlayer | undefined
  const script: Script<Step> = {
    schema: protocols[protocol].stepSchema,
    spoken: spokenMo,
    help: 'textloom smsc --help and docs/guides/smsc.md',
    play: async (step) => player?.play(step),
    isUnmet: (error) => error instanceof UnmetExpectation,
  }
  const steps = await readScript(script, given.script, io)
  const pretend = protocols[protocol].open({ ...options, keepRecords: false, onEvent: print })
  await listen(pretend, options.port)
  player = new ScriptPlayer(pretend, systemTimers, print)
  const stop = () => ended.resolve(exitCodes.done)
  process.on('SIGINT', stop).on('SIGTERM', stop)
  for (const playing of [playScript(script, steps), playStdin(script, io)]) {
    playing.then((exitCode) => exitCode !== undefined && ended.resolve(exitCode), ended.reject)
  }
  try {
    io.exitCode = await ended.promise
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    if (io.stdin instanceof Readable) io.stdin.destroy()
    await pretend.stop()
  }
}

function pretendOptions(given: SmscOptions): {
  readonly protocol: keyof typeof protocols
  readonly options: PretendSmscOptions & FramedSmscOptions & { readonly port: number }
} {
  const options = optionSchema.safeParse(given)
  if (!options.success) {
    const says = options.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)
    throw new CliError(exitCodes.use, `${says.join('; ')}. textloom smsc --help lists the options.`)
  }
  const { protocol, port, ids, receipts, long, holdMos } = options.data
  const { systemId, password } = given
  const chosen = {
    ...(ids === undefined ? {} : { ids }),
    ...(receipts === undefined ? {} : { receipts }),
    ...(long === undefined ? {} : { long }),
    ...(holdMos === undefined ? {} : { holdsMos: holdMos }),
  }
  return { protocol, options: { port, ...chosen, credentials: { systemId, password } } }
}

async function listen(pretend: Pretend, port: number): Promise<void> {
  try {
    await pretend.start()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new CliError(exitCodes.world, `Cannot listen on port ${port}: ${problem}. Try --port 0.`, { cause })
  }
}

/** `+36301234567 4040 YES` as the step it stands for. */
function spokenMo(text: string): string | undefined {
  const [, from, to, said] = /^\s*([+\d]\S*)\s+(\S+)\s+(.*?)\s*$/.exec(text) ?? []
  return from === undefined ? undefined : JSON.stringify({ mo: { from, to, text: said } })
}
