import type {
  Expectation,
  FlowDocument,
  JsonObject,
  NodeRegistry,
  PathStep,
  SavedTest,
  SimulateInput,
} from '@textloom/core'
import { compileFlow } from '../compile.ts'
import { expectationText, isMet, outputTypeOf } from './expectation.ts'
import { parseInstant } from './instant.ts'
import type { SimulateOutput } from './output.ts'
import { Simulator, type SimulatorOptions } from './simulator.ts'
import { inputLine, outputLine } from './transcript.ts'

/** What became of a saved test. */
export interface SavedTestResult {
  readonly passed: boolean
  readonly failure?: SavedTestFailure
  /** Nodes entered and exits taken on the way: what a test covers. */
  readonly path: readonly PathStep[]
}

/** Where and why a saved test failed. */
export interface SavedTestFailure {
  /** Index in `steps`; the number of steps when the conversation went on after the last one. */
  readonly step: number
  readonly expected: string
  readonly got: string
  /** The conversation as it went, line by line, until it failed. */
  readonly transcript: readonly string[]
}

/** Runs one conversation kept with a flow; `savedTestRunner` is for many. */
export function runSavedTest(
  flow: FlowDocument,
  registry: NodeRegistry,
  test: SavedTest,
  otherFlows: readonly FlowDocument[] = [],
): SavedTestResult {
  return savedTestRunner(flow, registry, otherFlows)(test)
}

/**
 * Compiles a flow and those it may call, to run conversations kept with it. Every MT must be listed, in order and word
 * for word; anything else is checked where it is listed, in the order of its turn.
 */
export function savedTestRunner(
  flow: FlowDocument,
  registry: NodeRegistry,
  otherFlows: readonly FlowDocument[] = [],
): (test: SavedTest) => SavedTestResult {
  const compiled = new Map([flow, ...otherFlows].map((each) => [each.id, compileFlow(each, registry)]))
  return (test) => run(test, { flow, registry, otherFlows, compiled })
}

function run(
  test: SavedTest,
  flows: Pick<SimulatorOptions, 'flow' | 'registry' | 'otherFlows' | 'compiled'>,
): SavedTestResult {
  const path: PathStep[] = []
  const transcript: string[] = []
  let turn: OpenTurn = { outputs: [], path: [] }
  let step = 0
  const take = (outputs: readonly SimulateOutput[], simulator: Simulator): void => {
    turn = { outputs: [...outputs], path: simulator.path }
    path.push(...simulator.path)
    transcript.push(...outputs.map(outputLine))
  }
  try {
    const simulator = new Simulator({ ...flows, ...optionsOf(test) })
    take(simulator.begin(), simulator)
    for (; step < test.steps.length; step += 1) {
      const each = test.steps[step] as SavedTest['steps'][number]
      if (isInput(each)) {
        refuseUnlistedMt(turn, inputLine(each))
        transcript.push(inputLine(each))
        take(simulator.input(each), simulator)
      } else {
        meet(each, turn)
      }
    }
    refuseUnlistedMt(turn, 'nothing more')
    return { passed: true, path }
  } catch (thrown) {
    if (thrown instanceof Unmet) {
      return { passed: false, failure: { step, expected: thrown.expected, got: thrown.got, transcript }, path }
    }
    const got = thrown instanceof Error ? thrown.message : String(thrown)
    return { passed: false, failure: { step, expected: 'a step that can be played', got, transcript }, path }
  }
}

/** The outputs of a turn that no expectation has been held against yet, and where the turn went. */
interface OpenTurn {
  readonly outputs: SimulateOutput[]
  readonly path: readonly PathStep[]
}

class Unmet extends Error {
  readonly expected: string
  readonly got: string

  constructor(expected: string, got: string) {
    super(`expected ${expected}, got ${got}`)
    this.expected = expected
    this.got = got
  }
}

function meet(expected: Expectation, { outputs, path }: OpenTurn): void {
  if ('visits' in expected) {
    if (path.some(({ kind, node }) => kind === 'enter' && node === expected.visits)) return
    const visited = path.filter(({ kind }) => kind === 'enter').map(({ node }) => node)
    throw new Unmet(expectationText(expected), visited.length === 0 ? 'no node' : `nodes ${visited.join(', ')}`)
  }
  const index = outputs.findIndex((output) => output.type === 'mt' || isMet(expected, output))
  const found = outputs[index]
  if (!found || !isMet(expected, found)) {
    const instead = found ?? outputs.find(({ type }) => type === outputTypeOf(expected)) ?? outputs.at(-1)
    throw new Unmet(expectationText(expected), instead ? outputLine(instead) : 'nothing')
  }
  outputs.splice(0, index + 1)
}

function refuseUnlistedMt({ outputs }: OpenTurn, expected: string): void {
  const unlisted = outputs.find(({ type }) => type === 'mt')
  if (unlisted) throw new Unmet(expected, outputLine(unlisted))
}

function isInput(step: SavedTest['steps'][number]): step is SimulateInput {
  return 'mo' in step || 'advance' in step || 'http' in step || 'dlr' in step || 'agent' in step || 'link' in step
}

function optionsOf({ contact, channel, now, seed, params, start }: SavedTest) {
  return {
    ...(contact === undefined ? {} : { contact }),
    ...(channel === undefined ? {} : { channel }),
    ...(now === undefined ? {} : { now: parseInstant(now) }),
    ...(seed === undefined ? {} : { seed }),
    ...(params === undefined ? {} : { params: params as JsonObject }),
    ...(start === undefined ? {} : { start }),
  }
}
