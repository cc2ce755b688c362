import type { FlowDocument, Issue } from '@textloom/core'
import { type SavedTestResult, savedTestRunner } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { findProblems } from './find-problems.ts'
import { playable } from './playable.ts'

/** What became of the tests of a flow, by name. */
export type TestRun =
  | { readonly kind: 'ran'; readonly results: ReadonlyMap<string, SavedTestResult> }
  /** The flow cannot be played as it stands: its errors. */
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] }

/** Runs the saved tests of a flow, or those named; `called` are the flows that its calls lead to. */
export function runTests(
  document: FlowDocument,
  called: readonly FlowDocument[] = [],
  names?: readonly string[],
): TestRun {
  const issues = findProblems(document).filter(({ severity }) => severity === 'error')
  if (issues.length > 0) return { kind: 'refused', issues }
  const tests = (document.tests ?? []).filter(({ name }) => names === undefined || names.includes(name))
  const run = savedTestRunner(document, registry, playable(called))
  return { kind: 'ran', results: new Map(tests.map((test) => [test.name, run(test)])) }
}
