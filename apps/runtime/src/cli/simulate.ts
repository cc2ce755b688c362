import {
  type FlowDocument,
  type JsonObject,
  paramProblems,
  type SimulateInput,
  simulateInputSchema,
} from '@textloom/core'
import { parseInstant, type SimulateOutput, Simulator, type SimulatorOptions, startsAtOnce } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import type { Command } from 'commander'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { contactOption, objectOption, wholeNumberOption } from './json-options.ts'
import { linesOf, type ScriptLine } from './lines.ts'
import { loadSoundFlow } from './load-flow.ts'
import { loadFlows } from './other-flows.ts'
import { readInput } from './read-input.ts'

interface SimulateOptions {
  readonly contact?: string
  readonly now?: string
  readonly seed?: string
  readonly flows?: string
  readonly params?: string
  readonly start?: boolean
  readonly script?: string
}

const inputHelp = `
Input, one JSON object a line:
  {"mo":"YES"}                              the contact writes
  {"advance":"PT2H"}                        time passes (also "2h"); timers fire at their due time
  {"http":{"status":200,"json":{…}}}        the answer to an HTTP request, also {"http":{"error":"timeout"|"network"}}
  {"dlr":"delivered"|"failed"}              what became of the last message
  {"link":"opened"}                         the contact opens the link that was sent last
  {"agent":{"say":"…"}}                     an agent writes, {"agent":{"close":"resolved"}} ends the talk`

/** `textloom simulate FILE`: plays one conversation, JSON Lines in and out (CONTRACT §4). */
export function configure(command: Command, io: Io): void {
  command
    .description(
      'Play one conversation with a flow: JSON Lines in, JSON Lines out. Same input, clock and seed: same output.',
    )
    .argument('<file>', 'flow file; - for stdin, with --script')
    .option('--contact <json>', 'who writes: phone, name, language, fields, groups')
    .option('--now <time>', 'when it begins (default 2026-01-01T12:00:00.000Z)')
    .option('--seed <number>', 'what chance is made of (default 1)')
    .option('--flows <folder>', 'flows that this one may call')
    .option('--params <json>', 'the values of params')
    .option('--start', 'start at once instead of waiting for a text (default when the flow has no keyword)')
    .option('--script <file>', 'read the input from a file instead of stdin')
    .addHelpText('after', inputHelp)
    .action((file: string, options: SimulateOptions) => simulate(file, options, io))
}

async function simulate(file: string, options: SimulateOptions, io: Io): Promise<void> {
  const script = options.script ?? '-'
  if (file === '-' && script === '-') {
    throw new CliError(exitCodes.use, 'Standard input cannot be both flow and script: give --script a file.')
  }
  const given = givenOptions(options)
  const flow = await loadSoundFlow(file, io)
  checkParams(flow, given)
  const otherFlows = await loadFlows(options.flows, { file, flow }, io)
  const source = script === '-' ? io.stdin : [await readInput(script, io)]
  const simulator = new Simulator({ flow, registry, otherFlows, ...given })

  if (script === '-' && io.isTerminal)
    await io.remark('Type one JSON object a line, such as {"mo":"hello"}; Ctrl-D ends.\n')
  await print(simulator.begin(), io)
  for await (const line of linesOf(source)) await print(play(simulator, line), io)
}

function givenOptions({
  contact,
  now,
  seed,
  params,
  start,
}: SimulateOptions): Omit<SimulatorOptions, 'flow' | 'registry'> {
  return {
    ...(contact === undefined ? {} : { contact: contactOption(contact) }),
    ...(now === undefined ? {} : { now: nowOption(now) }),
    ...(seed === undefined ? {} : { seed: wholeNumberOption('--seed', seed) }),
    ...(params === undefined ? {} : { params: objectOption('--params', params) }),
    ...(start ? { start } : {}),
  }
}

/** Params come with a start that is not a text; only such a start can lack them. */
function checkParams(flow: FlowDocument, { params = {}, start }: { params?: JsonObject; start?: boolean }): void {
  const declared = flow.params ?? []
  const isStartedHere = start || startsAtOnce(flow)
  const problems = paramProblems(
    isStartedHere ? declared : declared.map((param) => ({ ...param, required: false })),
    params,
  )
  if (problems.length > 0) throw new CliError(exitCodes.use, `--params does not fit: ${problems.join(' ')}`)
}

function nowOption(text: string): number {
  try {
    return parseInstant(text)
  } catch (cause) {
    throw new CliError(exitCodes.use, `--now: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

function play(simulator: Simulator, line: ScriptLine): readonly SimulateOutput[] {
  const input = inputOf(line)
  try {
    return simulator.input(input)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw badLine(line, cause.message)
  }
}

function inputOf(line: ScriptLine): SimulateInput {
  let value: unknown
  try {
    value = JSON.parse(line.text)
  } catch (cause) {
    throw badLine(line, `it is not JSON (${cause instanceof Error ? cause.message : String(cause)}).`)
  }
  const input = simulateInputSchema.safeParse(value)
  if (input.success) return input.data
  throw badLine(line, 'it is no input. textloom simulate --help lists what can be written.')
}

function badLine({ number, text }: ScriptLine, problem: string): CliError {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
  return new CliError(exitCodes.input, `Line ${number} of the script, ${shown.trim()}, cannot be played: ${problem}`)
}

async function print(outputs: readonly SimulateOutput[], io: Io): Promise<void> {
  if (outputs.length > 0) await io.print(outputs.map((output) => `${JSON.stringify(output)}\n`).join(''))
}
