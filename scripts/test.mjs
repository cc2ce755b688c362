// npm test: installs what is missing, builds what is stale, runs vitest with whatever arguments follow, and closes with
// `N passed, N failed, N skipped`.

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildStale } from './build.mjs'
import { ensureInstalled } from './installed.mjs'
import { entry, root, runUnderNode24 } from './node24.mjs'

const outcomeFile = join(root, 'node_modules/.cache/textloom/test-outcome.json')
const argv = process.argv.slice(2)

await entry(async () => {
  await ensureInstalled({ withDev: true })
  await buildStale()
  rmSync(outcomeFile, { force: true })
  const code = await runUnderNode24(
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=./scripts/closing-line.ts', ...argv],
    {
      env: { ...process.env, TEXTLOOM_TEST_OUTCOME: outcomeFile },
    },
  )
  return close(code)
})

/** Prints the outcome; the result is the exit code, which is 0 only if something passed and nothing is amiss. */
function close(/** @type {number} */ code) {
  if (!existsSync(outcomeFile)) {
    console.log(`\nvitest ended with exit code ${code} before any test.\n0 passed, 1 failed, 0 skipped`)
    return code || 1
  }
  /** @type {import('./closing-line.ts').Outcome} */
  const { passed, failed, skipped } = JSON.parse(readFileSync(outcomeFile, 'utf8'))
  const complaints = []
  // Tests left out by `-t` are "skipped" too, and nobody owes a reason for them.
  const isFiltered = argv.some((argument) => /^(-t|--testNamePattern)/.test(argument))
  if (skipped.length > 0 && !isFiltered) console.log('\nSkipped:')
  for (const { test, reason } of isFiltered ? [] : skipped) {
    console.log(`  ${test}: ${reason ?? 'no reason given'}`)
    if (!reason) complaints.push(`${test} is skipped without a reason.`)
  }
  if (passed === 0 && failed === 0) complaints.push('No test ran.')
  if (code !== 0 && failed === 0) complaints.push(`vitest ended with exit code ${code}.`)
  if (complaints.length > 0) console.log(`\n${complaints.join('\n')}`)
  console.log(`\n${passed} passed, ${failed + complaints.length} failed, ${skipped.length} skipped`)
  return code || Math.min(complaints.length, 1)
}
