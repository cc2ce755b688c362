import { setImmediate } from 'node:timers/promises'
import { type FlowDocument, type Issue, type NodeRegistry, parseFlow } from '@textloom/core'
import { analyseFlow, isSound, type SavedTestResult, savedTestRunner } from '@textloom/engine'
import type { Db } from '../db/drizzle.ts'
import { calledFlows } from './called-flows.ts'
import { publishCodes } from './publish-codes.ts'
import { findLatestRevision } from './revisions.ts'

/** Most steps of saved tests that one publication runs: conversations that are held now wait meanwhile. */
const maxTestedSteps = 5_000

/** What became of the tests saved with a flow. */
export interface TestRun {
  readonly passed: number
  readonly failed: readonly FailedTest[]
  /** Those that were too many. */
  readonly notRun: readonly string[]
}

/** A saved test that went another way. */
export interface FailedTest {
  readonly name: string
  /** Index of the step where it did. */
  readonly step: number
  readonly expected: string
  readonly got: string
}

/**
 * Runs the saved tests of a flow that is sound, with the flows it calls as they are published, or drawn where they are
 * not yet. Others have their turn between two tests.
 */
export async function runSavedTests(db: Db, flow: FlowDocument, nodes: NodeRegistry): Promise<TestRun> {
  const { tests = [] } = flow
  if (tests.length === 0) return { passed: 0, failed: [], notRun: [] }
  const run = savedTestRunner(flow, nodes, await asPublished(db, await calledFlows(db, flow, nodes), nodes))
  const results = new Map<string, SavedTestResult>()
  let steps = 0
  for (const test of tests) {
    steps += test.steps.length
    if (steps > maxTestedSteps) break
    results.set(test.name, run(test))
    await setImmediate()
  }
  return {
    passed: [...results.values()].filter(({ passed }) => passed).length,
    failed: [...results].flatMap(([name, { failure }]) => {
      if (failure === undefined) return []
      const { step, expected, got } = failure
      return [{ name, step, expected, got: got.trim() }]
    }),
    notRun: tests.filter(({ name }) => !results.has(name)).map(({ name }) => name),
  }
}

/** What is to be said of them where the flow is published. */
export function testIssues({ tests = [] }: FlowDocument, { failed, notRun }: TestRun): Issue[] {
  const pathOf = (name: string) => `tests[${tests.findIndex((test) => test.name === name)}]`
  const failures = failed.map(({ name, step, expected, got }) =>
    issue(
      'publish/failing-test',
      `${pathOf(name)}.steps[${step}]`,
      `The saved test "${name}" goes another way at step ${step + 1}. Expected: ${expected}. Came: ${got}.`,
    ),
  )
  const [first] = notRun
  if (first === undefined) return failures
  const message = `${notRun.length} saved tests from "${first}" on were not run: together they have more than ${maxTestedSteps} steps. Run them with "textloom test".`
  return [...failures, issue('publish/untested', pathOf(first), message)]
}

function issue(code: keyof typeof publishCodes, path: string, message: string): Issue {
  return { code, severity: publishCodes[code][0], kind: 'soundness', path, message }
}

async function asPublished(db: Db, drafts: readonly FlowDocument[], nodes: NodeRegistry): Promise<FlowDocument[]> {
  const flows: FlowDocument[] = []
  for (const draft of drafts) {
    const revision = await findLatestRevision(db, draft.id)
    const parsed = revision && parseFlow(revision.document, nodes)
    const flow = parsed?.ok ? parsed.flow : draft
    // A called draft that is not right yet cannot be compiled; its call fails, as it would for a contact.
    if (isSound(analyseFlow(flow, nodes))) flows.push(flow)
  }
  return flows
}
