// What a test run says at its end. Parses under Node 20.

/** Files that take less are nobody's concern. */
const SLOW_SECONDS = 10

/**
 * @typedef {import('./closing-line.ts').Outcome} Outcome
 * @param {Outcome | undefined} outcome undefined: vitest ended before it could tell one
 * @param {{ code: number, isFiltered: boolean, problems?: string[] }} run vitest's exit code; isFiltered: tests were chosen
 *   by title, so that the others are "skipped" and nobody owes a reason for them; problems: what failed before the tests
 * @returns {{ lines: string[], code: number }} the last line is `N passed, N failed, N skipped`; code is 0 only if
 *   something passed and nothing is amiss
 */
export function closing(outcome, { code, isFiltered, problems = [] }) {
  const { passed, failed, skipped, slowest = [] } = outcome ?? { passed: 0, failed: 0, skipped: [] }
  const slow = slowest
    .filter(({ seconds }) => seconds >= SLOW_SECONDS)
    .map(({ file, seconds }) => `${file} ${seconds} s`)
  const listed = isFiltered ? [] : skipped
  const unexplained = listed.filter(({ reason }) => !reason).map(({ test }) => `${test} is skipped without a reason.`)
  const complaints = [...problems, ...unexplained]
  if (!outcome) complaints.push(`vitest ended with exit code ${code} before any test.`)
  else if (passed === 0 && failed === 0) complaints.push('No test ran.')
  else if (code !== 0 && failed === 0) complaints.push(`vitest ended with exit code ${code}.`)
  return {
    lines: [
      ...(slow.length > 0 ? [`Slowest: ${slow.join(', ')}`] : []),
      ...(listed.length > 0 ? ['Skipped:'] : []),
      ...listed.map(({ test, reason }) => `  ${test}: ${reason ?? 'no reason given'}`),
      ...complaints,
      `${passed} passed, ${failed + complaints.length} failed, ${skipped.length} skipped`,
    ],
    code: code || (complaints.length > 0 ? 1 : 0),
  }
}
