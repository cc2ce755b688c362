import { type FlowDocument, type Issue, type NodeRegistry, type PathStep, parseFlow } from '@textloom/core'
import { createMachine } from 'xstate'
import { analyseFlow } from '../analysis/analyse.ts'
import { compileFlow } from '../compile.ts'
import { runSavedTest } from '../simulator/saved-test.ts'

/** What becomes of a flow document when it is read, looked at, compiled and held with its own saved tests. */
export interface PlayedDocument {
  /** Undefined when the document is structurally wrong. */
  readonly flow?: FlowDocument
  /** Structural defects, or else everything the analysis says. */
  readonly issues: readonly Issue[]
  /** Each saved test that failed, with the conversation as it went. */
  readonly failures: readonly string[]
  /** Exits that lead somewhere, `node.handle`, by which no saved test leaves. */
  readonly exitsNotTaken: readonly string[]
}

/**
 * Plays a flow document the way documentation and examples are checked.
 * @throws Error when the machine of a sound flow is none that XState accepts
 */
export function playDocument(
  text: string,
  registry: NodeRegistry,
  otherFlows: readonly FlowDocument[] = [],
): PlayedDocument {
  const parsed = parseFlow(text, registry)
  if (!parsed.ok) return { issues: parsed.issues, failures: [], exitsNotTaken: [] }
  const { flow } = parsed
  const issues = analyseFlow(flow, registry)
  if (issues.some(({ severity }) => severity === 'error')) return { flow, issues, failures: [], exitsNotTaken: [] }
  createMachine(JSON.parse(JSON.stringify(compileFlow(flow, registry).config)))
  const results = (flow.tests ?? []).map((test) => ({ test, result: runSavedTest(flow, registry, test, otherFlows) }))
  const failures = results.flatMap(({ test, result: { failure } }) =>
    failure
      ? [
          `"${test.name}", step ${failure.step}: expected ${failure.expected}, got ${failure.got}\n${failure.transcript.join('\n')}`,
        ]
      : [],
  )
  return {
    flow,
    issues,
    failures,
    exitsNotTaken: exitsNotTaken(
      flow,
      results.flatMap(({ result }) => result.path),
    ),
  }
}

function exitsNotTaken({ edges }: FlowDocument, path: readonly PathStep[]): string[] {
  const taken = new Set(
    path.map((step) => (step.kind === 'exit' && step.flow === undefined ? `${step.node}.${step.handle}` : '')),
  )
  return edges.map(({ source, sourceHandle }) => `${source}.${sourceHandle}`).filter((exit) => !taken.has(exit))
}
