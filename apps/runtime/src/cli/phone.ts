import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { parseTypedDuration } from '@textloom/core'
import type { Command } from 'commander'
import { readSettings, type Settings } from '../settings/environment.ts'
import { readHandsetFile } from '../settings/handset-file.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { CliError, exitCodes } from './cli-error.ts'
import { type Door, HandsetClient, type HandsetMt } from './handset-client.ts'
import type { Io } from './io.ts'
import { linesOf } from './lines.ts'

interface PhoneOptions {
  readonly channel?: string
  readonly from: string
  readonly wait: string
  readonly json?: boolean
}

/** After an MT this long without another, a piped conversation goes on with its next line. */
const QUIET_MS = 200

/** `textloom phone`: a handset on the loopback link of a running Textloom (CONTRACT §4). */
export function configure(command: Command, io: Io): void {
  command
    .description(
      'A handset on the loopback link of the Textloom that runs on this machine: type a text, read the answers. ' +
        'From a pipe each line is a text, and each answer is printed.',
    )
    .option('--channel <id>', 'the channel to text (default: the first on a loopback link)')
    .option('--from <number>', "the handset's number", '+15550001')
    .option('--wait <duration>', 'from a pipe: how long an answer may take before the next line goes', '2s')
    .option('--json', 'print JSON Lines instead of texts')
    .action((options: PhoneOptions) => phone(options, io))
}

async function phone(options: PhoneOptions, io: Io): Promise<void> {
  const settings = settingsOf(io)
  const waitMs = waitOption(options.wait)
  const channel = options.channel ?? (await firstChannelOf(settings))
  let lastMtAt: number | undefined
  const handset = new HandsetClient({
    channel,
    phone: options.from,
    door: () => doorOf(settings),
    onMt(mt) {
      lastMtAt = performance.now()
      void io.print(shown(mt, options, io)).catch(() => handset.end())
    },
    onAway: (problem) => void io.remark(`${problem}\n`).catch(() => undefined),
  })
  try {
    await handset.listen()
    if (io.isTerminal) await talk(handset, channel, options, io)
    else {
      for await (const { text } of linesOf(io.stdin)) {
        lastMtAt = undefined
        await handset.write(text)
        await answered(() => lastMtAt, waitMs)
      }
    }
  } finally {
    handset.end()
  }
}

/** Of the Textloom that runs on this machine. */
async function firstChannelOf({ dataDir }: Settings): Promise<string> {
  const running = await readHandsetFile(dataDir)
  if (running === undefined) {
    const what = `Textloom does not run with the data folder ${dataDir}. Start it with npm start, or say --channel.`
    throw new CliError(exitCodes.world, what)
  }
  const [channel] = running.channels
  if (channel !== undefined) return channel
  throw new CliError(exitCodes.use, 'No channel is on a loopback link, which handsets need. Add one, or say --channel.')
}

/** A person types. */
async function talk(handset: HandsetClient, channel: string, { from }: PhoneOptions, io: Io): Promise<void> {
  await io.remark(`You are ${from}, texting ${channel}. Type a text and press Enter; Ctrl-D hangs up.\n`)
  if (!(io.stdin instanceof Readable)) return
  const lines = createInterface({ input: io.stdin, output: process.stderr, prompt: '> ' })
  lines.prompt()
  for await (const line of lines) {
    if (line.trim() !== '') await handset.write(line)
    lines.prompt()
  }
}

/** A pipe has no patience of its own: the next line waits for an answer to this one, and for what follows it. */
async function answered(lastMtAt: () => number | undefined, waitMs: number): Promise<void> {
  const askedAt = performance.now()
  for (;;) {
    await pause(20)
    const now = performance.now()
    const last = lastMtAt()
    if (last === undefined ? now - askedAt >= waitMs : now - last >= QUIET_MS) return
  }
}

function shown(mt: HandsetMt, { json = false }: PhoneOptions, io: Io): string {
  if (json) return `${JSON.stringify({ type: 'mt', ...mt })}\n`
  return io.isTerminal ? `\r< ${mt.text.replaceAll('\n', '\n  ')}\n> ` : `${mt.text}\n`
}

/** What the runtime left in the data folder; else the key that the operator set, at the address that the settings name. */
async function doorOf({ dataDir, host, port, apiKey }: Settings): Promise<Door> {
  const left = await readHandsetFile(dataDir)
  if (left !== undefined) return left
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  if (apiKey !== undefined) return { url, key: apiKey }
  // Nobody is there: a request without a key says so just as well, and a start meanwhile leaves the file.
  return { url, key: 'none' }
}

function settingsOf(io: Io): Settings {
  try {
    return readSettings(io.env)
  } catch (error) {
    if (error instanceof SettingsError) throw new CliError(exitCodes.use, error.message, { cause: error })
    throw error
  }
}

function waitOption(text: string): number {
  try {
    return parseTypedDuration(text)
  } catch (error) {
    throw new CliError(exitCodes.use, `--wait: ${error instanceof Error ? error.message : String(error)}`)
  }
}
