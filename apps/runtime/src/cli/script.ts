import type * as z from 'zod'
import { CliError, exitCodes } from './cli-error.ts'
import type { Io } from './io.ts'
import { linesOf, type ScriptLine } from './lines.ts'
import { readInput } from './read-input.ts'

/** How a pretend peer is told what happens: steps as JSON, one a line, in a file and on stdin. */
export interface Script<Step> {
  readonly schema: z.ZodType<Step>
  /** What a person may type instead, as the JSON of a step; undefined for what is none of it. */
  spoken(text: string): string | undefined
  /** Where the steps are listed, as a clause. */
  readonly help: string
  /** Plays a step; answers the exit code, if the script ends here. */
  play(step: Step): Promise<number | undefined>
  /** True for the error of an expectation that was not met. */
  isUnmet(error: unknown): boolean
}

/** A step and the line it stands in. */
export interface ScriptStep<Step> {
  readonly line: ScriptLine
  readonly step: Step
}

/** All steps of a file: a bad line is told before anything is played. @throws CliError */
export async function readScript<Step>(
  script: Script<Step>,
  file: string | undefined,
  io: Io,
): Promise<readonly ScriptStep<Step>[]> {
  const steps: ScriptStep<Step>[] = []
  if (file === undefined) return steps
  for await (const line of linesOf([await readInput(file, io)])) {
    steps.push({ line, step: stepOf(script, line.text, line) })
  }
  return steps
}

/** Undefined when the script ends without saying exit: the peer stays. @throws CliError */
export async function playScript<Step>(
  script: Script<Step>,
  steps: readonly ScriptStep<Step>[],
): Promise<number | undefined> {
  for (const { line, step } of steps) {
    const exitCode = await play(script, step, line)
    if (exitCode !== undefined) return exitCode
  }
  return undefined
}

/** A person may mistype a line; a program that writes a bad one is at fault. @throws CliError */
export async function playStdin<Step>(script: Script<Step>, io: Io): Promise<number | undefined> {
  for await (const line of linesOf(io.stdin)) {
    try {
      const exitCode = await play(script, stepOf(script, script.spoken(line.text) ?? line.text, line), line)
      if (exitCode !== undefined) return exitCode
    } catch (error) {
      if (!io.isTerminal || !(error instanceof CliError)) throw error
      await io.remark(`${error.message}\n`)
    }
  }
  return undefined
}

async function play<Step>(script: Script<Step>, step: Step, { number }: ScriptLine): Promise<number | undefined> {
  try {
    return await script.play(step)
  } catch (cause) {
    if (!script.isUnmet(cause) || !(cause instanceof Error)) throw cause
    throw new CliError(exitCodes.input, `Line ${number}: ${cause.message}`, { cause })
  }
}

function stepOf<Step>({ schema, help }: Script<Step>, json: string, { number, text }: ScriptLine): Step {
  const bad = (problem: string, cause?: unknown) => {
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
    return new CliError(exitCodes.input, `Line ${number}, ${shown.trim()}, is no step: ${problem}`, { cause })
  }
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw bad(`it is not JSON (${cause instanceof Error ? cause.message : String(cause)}).`, cause)
  }
  const step = schema.safeParse(value)
  if (step.success) return step.data
  throw bad(`${help} list what can be written.`, step.error)
}
