import { Readable } from 'node:stream'
import {
  PretendSmsc,
  type PretendSmscOptions,
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
  readonly ids: string
  readonly receipts: string
  readonly long: string
}

const optionSchema = z.object({
  protocol: z.literal('smpp', { error: 'must be smpp' }),
  port: z.coerce.number().int().min(0).max(65_535),
  ids: z.enum(['text', 'decimal', 'hex', 'hex-to-decimal', 'decimal-to-hex', 'padded', 'uuid', 'constant']),
  receipts: z.enum(['both', 'text', 'tlv']),
  long: z.enum(['udh8', 'udh16', 'sar', 'payload']),
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
    .option('--protocol <name>', 'smpp', 'smpp')
    .option('--port <number>', '0: the system chooses, and it is printed', '2775')
    .option('--system-id <text>', 'accept only this system_id (default: any)')
    .option('--password <text>', 'accept only this password (default: any)')
    .option('--script <file>', 'play this script, then stay unless it says exit')
    .option(
      '--ids <style>',
      'message ids: decimal, hex, hex-to-decimal, decimal-to-hex, padded, uuid, text, constant',
      'decimal',
    )
    .option('--receipts <style>', 'receipts written as text, tlv or both', 'both')
    .option('--long <style>', 'long MOs as udh8, udh16, sar or payload', 'udh8')
    .addHelpText('after', scriptHelp)
    .action((options: SmscOptions) => smsc(options, io))
}

/** Runs until a script says exit, or until it is told to stop by SIGINT or SIGTERM. */
async function smsc(given: SmscOptions, io: Io): Promise<void> {
  const options = pretendOptions(given)
  const ended = Promise.withResolvers<number>()
  const print = ({ type, at = Date.now(), ...facts }: { readonly type: string; readonly at?: number }) => {
    io.print(`${JSON.stringify({ type, at: new Date(at).toISOString(), ...facts })}\n`).catch(ended.reject)
  }
  let player: ScriptPlayer | undefined
  const script: Script<Step> = {
    schema: stepSchema,
    spoken: spokenMo,
    help: 'textloom smsc --help and docs/guides/smsc.md',
    play: async (step) => player?.play(step),
    isUnmet: (error) => error instanceof UnmetExpectation,
  }
  const steps = await readScript(script, given.script, io)
  const pretend = await listen({ ...options, keepRecords: false, onEvent: print })
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

function pretendOptions(given: SmscOptions): PretendSmscOptions {
  const options = optionSchema.safeParse(given)
  if (!options.success) {
    const says = options.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)
    throw new CliError(exitCodes.use, `${says.join('; ')}. textloom smsc --help lists the options.`)
  }
  const { port, ids, receipts, long } = options.data
  const { systemId, password } = given
  return { port, ids, receipts, long, credentials: { systemId, password } }
}

async function listen(options: PretendSmscOptions): Promise<PretendSmsc> {
  try {
    return await new PretendSmsc(options).start()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new CliError(exitCodes.world, `Cannot listen on port ${options.port}: ${problem}. Try --port 0.`, { cause })
  }
}

/** `+36301234567 4040 YES` as the step it stands for. */
function spokenMo(text: string): string | undefined {
  const [, from, to, said] = /^\s*([+\d]\S*)\s+(\S+)\s+(.*?)\s*$/.exec(text) ?? []
  return from === undefined ? undefined : JSON.stringify({ mo: { from, to, text: said } })
}
