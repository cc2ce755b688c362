import { expect, test } from 'vitest'
import { closing } from './test-outcome.mjs'

const fine = { passed: 3, failed: 0, skipped: [] }
const withReason = [{ test: 'a.test.ts > through Kannel', reason: 'kannel is not installed' }]
const withoutReason = [{ test: 'a.test.ts > forgotten' }]

test.each([
  { run: 'all is well', outcome: fine, code: 0, ends: ['3 passed, 0 failed, 0 skipped'], exit: 0 },
  {
    run: 'files take their time',
    outcome: { ...fine, slowest: ['a', 'b', 'c'].map((file, index) => ({ file, seconds: 20 - 6 * index })) },
    code: 0,
    ends: ['Slowest: a 20 s, b 14 s', '3 passed, 0 failed, 0 skipped'],
    exit: 0,
  },
  { run: 'a test fails', outcome: { ...fine, failed: 2 }, code: 1, ends: ['3 passed, 2 failed, 0 skipped'], exit: 1 },
  {
    run: 'a test is skipped with its reason',
    outcome: { ...fine, skipped: withReason },
    code: 0,
    ends: ['Skipped:', '  a.test.ts > through Kannel: kannel is not installed', '3 passed, 0 failed, 1 skipped'],
    exit: 0,
  },
  {
    run: 'a test is skipped without a reason',
    outcome: { ...fine, skipped: withoutReason },
    code: 0,
    ends: [
      'Skipped:',
      '  a.test.ts > forgotten: no reason given',
      'a.test.ts > forgotten is skipped without a reason.',
      '3 passed, 1 failed, 1 skipped',
    ],
    exit: 1,
  },
  {
    run: 'tests are chosen by title',
    outcome: { ...fine, skipped: withoutReason },
    code: 0,
    isFiltered: true,
    ends: ['3 passed, 0 failed, 1 skipped'],
    exit: 0,
  },
  {
    run: 'no test runs',
    outcome: { passed: 0, failed: 0, skipped: [] },
    code: 0,
    ends: ['No test ran.', '0 passed, 1 failed, 0 skipped'],
    exit: 1,
  },
  {
    run: 'vitest fails for another reason',
    outcome: fine,
    code: 1,
    ends: ['vitest ended with exit code 1.', '3 passed, 1 failed, 0 skipped'],
    exit: 1,
  },
  {
    run: 'the build fails',
    outcome: fine,
    code: 0,
    problems: ['The build ended with exit code 1.'],
    ends: ['The build ended with exit code 1.', '3 passed, 1 failed, 0 skipped'],
    exit: 1,
  },
  {
    run: 'vitest does not start',
    outcome: undefined,
    code: 2,
    ends: ['vitest ended with exit code 2 before any test.', '0 passed, 1 failed, 0 skipped'],
    exit: 2,
  },
])('when $run the exit code is $exit', ({ outcome, code, isFiltered, problems, ends, exit }) => {
  expect(closing(outcome, { code, isFiltered: isFiltered ?? false, problems: problems ?? [] })).toEqual({
    lines: ends,
    code: exit,
  })
})
