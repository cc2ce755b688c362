// A vitest reporter: counts, and says of every skipped test why. scripts/test.mjs prints what it finds after vitest ended.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test or suite is skipped here, as a clause: "kannel is not installed (scripts/ci-deps.sh)". */
    skippedBecause?: string
  }
}

/** What a run came to, in the file that {@link ClosingLine} writes. */
export interface Outcome {
  passed: number
  /** Failed tests, and files and errors outside any test. */
  failed: number
  skipped: { test: string; reason?: string }[]
  /** The files that took longest, the longest first. */
  slowest?: { file: string; seconds: number }[]
}

const SLOWEST = 5

/** Writes an {@link Outcome} to the file named by TEST_OUTCOME_FILE. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const file = process.env.TEST_OUTCOME_FILE
    if (!file) return
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(outcomeOf(modules, unhandledErrors.length), null, 2))
  }
}

function outcomeOf(modules: readonly TestModule[], unhandledErrors: number): Outcome {
  const outcome = { passed: 0, failed: unhandledErrors, skipped: [] as Outcome['skipped'], slowest: slowestOf(modules) }
  for (const module of modules) {
    // A file that does not load, or a suite whose beforeAll threw, has no failed test to be counted by.
    outcome.failed += [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') outcome.passed += 1
      else if (result.state === 'skipped') outcome.skipped.push(skipped(test, result.note))
      else outcome.failed += 1
    }
  }
  return outcome
}

function slowestOf(modules: readonly TestModule[]): NonNullable<Outcome['slowest']> {
  return modules
    .map((module) => ({ file: module.relativeModuleId, seconds: Math.round(module.diagnostic().duration / 1_000) }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, SLOWEST)
}

function skipped(test: TestCase, note: string | undefined): Outcome['skipped'][number] {
  // Not marked as skipped and yet not run: a hook before it threw, which is counted as a failure of its own.
  const wasMeantToRun = test.options.mode === 'run'
  const reason = note ?? reasonFrom(test) ?? (wasMeantToRun ? 'what should prepare it failed' : undefined)
  return { test: `${test.module.relativeModuleId} > ${test.fullName}`, ...(reason ? { reason } : {}) }
}

/** The nearest `skippedBecause`, from the test outwards. */
function reasonFrom(task: TestCase | TestSuite | TestModule): string | undefined {
  return task.meta().skippedBecause ?? (task.type === 'module' ? undefined : reasonFrom(task.parent))
}
