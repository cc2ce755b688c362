import {
  type FlowDocument,
  formatFlow,
  type Issue,
  parseFlow,
  parseFlowValue,
  type SimulateInput,
} from '@textloom/core'
import { analyseFlow, isSound, Simulator } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { type Dice, diceOf } from './dice.ts'
import type { Fault } from './faults.ts'
import { type RandomDocument, randomDocument } from './random-document.ts'
import { validNodes } from './valid-data.ts'

/** What became of many documents. */
export interface FuzzReport {
  documents: number
  /** Refused for their structure. */
  refused: number
  /** Read, and not fit to be published. */
  unsound: number
  /** Compiled and played. */
  played: number
  /** Inputs they were played with. */
  inputs: number
  /** What must not be, with the seed that brings it back. */
  readonly wrong: { readonly seed: number; readonly what: string; readonly why: string }[]
}

/** Failures of a session that a sound flow has no excuse for. */
const inexcusable = ['engine/node-failed', 'engine/snapshot', 'engine/unknown-event']

/** Of so many documents that can be read one is written and read again, which takes as long as all the rest. */
const rewrittenShare = 0.25

/** Reads, judges, compiles (the simulator does) and plays documents made by chance: each by its own seed, from `first` on. */
export function fuzz({ first, count }: { readonly first: number; readonly count: number }): FuzzReport {
  const pool = validNodes()
  const report: FuzzReport = { documents: 0, refused: 0, unsound: 0, played: 0, inputs: 0, wrong: [] }
  for (let seed = first; seed < first + count; seed += 1) {
    const dice = diceOf(seed)
    let made: RandomDocument | undefined
    try {
      made = randomDocument(dice, pool)
      const why = tryOut(made, dice, report)
      if (why !== undefined) report.wrong.push({ seed, what: made.fault?.what ?? 'a whole document', why })
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
      report.wrong.push({ seed, what: made?.fault?.what ?? 'a whole document', why })
    }
    report.documents += 1
  }
  return report
}

/** Why what became of a document is wrong; undefined where it is right. */
function tryOut({ document, fault }: RandomDocument, dice: Dice, report: FuzzReport): string | undefined {
  const parsed = parseFlowValue(document, registry)
  if (!parsed.ok) {
    report.refused += 1
    return fault ? whyUnnamed(parsed.issues, fault) : `was refused: ${messages(parsed.issues)}`
  }
  if (dice.chance(rewrittenShare) && !isRewritten(parsed.flow)) return 'is not written as it is read'
  const issues = analyseFlow(parsed.flow, registry)
  if (!isSound(issues)) {
    report.unsound += 1
    return fault ? whyUnnamed(issues, fault) : `is not sound: ${messages(issues)}`
  }
  if (fault?.nodes) return 'has a fault that nobody found'
  report.played += 1
  const language = dice.one(['en', 'hu'])
  const seed = 1 + dice.below(1_000)
  return play(new Simulator({ flow: parsed.flow, registry, contact: { language }, seed }), dice, report)
}

function isRewritten(flow: FlowDocument): boolean {
  const written = formatFlow(flow, registry)
  const again = parseFlow(written, registry)
  return again.ok && formatFlow(again.flow, registry) === written
}

function whyUnnamed(issues: readonly Issue[], { nodes }: Fault): string | undefined {
  if (issues.length === 0) return 'was refused without a reason'
  if (!nodes || issues.some(({ severity, node }) => severity === 'error' && nodes.includes(node ?? '')))
    return undefined
  return `names ${issues.map(({ node }) => node ?? '-').join(', ')} instead of ${nodes.join(', ')}: ${messages(issues)}`
}

function play(simulator: Simulator, dice: Dice, report: FuzzReport): string | undefined {
  const outputs = [...simulator.begin()]
  const count = dice.below(12)
  for (let index = 0; index < count; index += 1) {
    const input = randomInput(dice)
    report.inputs += 1
    try {
      outputs.push(...simulator.input(input))
    } catch (error) {
      // A flow may have timers that set each other for ever; so much time at once is refused.
      if ('advance' in input && error instanceof RangeError) break
      throw error
    }
  }
  const bad = outputs.find((output) => output.type === 'error' && inexcusable.includes(output.code))
  return bad?.type === 'error' ? `came to ${bad.code}: ${bad.message}` : undefined
}

const texts = [
  '',
  ' ',
  'yes',
  'no',
  '1',
  '2',
  '-7',
  '3.5',
  'STOP',
  'START',
  'HELP',
  'hello',
  'BOOK',
  'ő🙂',
  '2026-03-05',
]

function randomInput(dice: Dice): SimulateInput {
  return dice.one<() => SimulateInput>([
    () => ({ mo: dice.one(texts) }),
    () => ({ mo: dice.one(texts) }),
    () => ({ mo: 'x'.repeat(dice.below(2_000)) }),
    () => ({ advance: dice.one(['PT0S', 'PT1S', 'PT10M', 'PT2H', 'P1D', 'P8D', 'P400D']) }),
    () => ({ http: { status: dice.one([200, 204, 404, 500]), json: { a: [1, { b: null }] } } }),
    () => ({ http: { status: 200, text: 'not json' } }),
    () => ({ http: { error: dice.one(['timeout', 'network']) } }),
    () => ({ dlr: dice.one(['delivered', 'failed']) }),
    () => ({ agent: { close: dice.one(['resolved', 'unavailable', 'outside-hours', 'timed-out']) } }),
    () => ({ agent: { say: 'Hello' } }),
    () => ({ link: 'opened' }),
  ])()
}

function messages(issues: readonly Issue[]): string {
  return issues
    .filter(({ severity }) => severity === 'error')
    .slice(0, 3)
    .map(({ code, path, message }) => `${code} at ${path}: ${message}`)
    .join(' | ')
}
