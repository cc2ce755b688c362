import type { Issue } from '@textloom/core'
import type { SavedTestFailure } from '@textloom/engine'
import type { TestRun } from '../../../worker/run-tests.ts'

/** What is said about the saved tests. */
export interface TestReport {
  readonly tone: 'good' | 'bad' | 'quiet'
  readonly says: string
  readonly failed: readonly { readonly name: string; readonly failure: SavedTestFailure }[]
}

/** The problems in one line. */
export function checkWords(errors: number): string {
  if (errors === 0) return 'Nothing stands in the way.'
  return errors === 1 ? '1 problem stands in the way.' : `${errors} problems stand in the way.`
}

/** The saved tests in one line; undefined where the problems say it already. */
export function testWords(run: TestRun | undefined): TestReport | undefined {
  if (run === undefined) return { tone: 'quiet', says: 'The saved tests are running…', failed: [] }
  if (run.kind === 'refused') return undefined
  const results = [...run.results]
  if (results.length === 0) {
    return { tone: 'quiet', says: 'No saved tests. Try it on the phone and keep a conversation as one.', failed: [] }
  }
  const failed = results.flatMap(([name, { failure }]) => (failure === undefined ? [] : [{ name, failure }]))
  const count = `${results.length - failed.length} of ${results.length} saved tests pass.`
  if (failed.length > 0) return { tone: 'bad', says: count, failed }
  return {
    tone: 'good',
    says: results.length === 1 ? 'The saved test passes.' : `All ${count.slice(count.indexOf('of ') + 3)}`,
    failed,
  }
}

/** Issues out of a refusal; what is none is left out. */
export function refusals(values: readonly unknown[]): Issue[] {
  return values.filter(isIssue)
}

function isIssue(value: unknown): value is Issue {
  if (typeof value !== 'object' || value === null) return false
  return (
    'code' in value && 'severity' in value && 'message' in value && 'path' in value && typeof value.path === 'string'
  )
}
