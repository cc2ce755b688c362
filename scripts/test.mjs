// npm test: installs what is missing, builds what is stale, runs vitest with whatever arguments follow, and closes with
// `N passed, N failed, N skipped`.

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildStale } from './build.mjs'
import { ensureInstalled } from './installed.mjs'
import { entry, root, runUnderNode24 } from './node24.mjs'
import { closing } from './test-outcome.mjs'

const outcomeFile = join(root, 'node_modules/.cache/textloom/test-outcome.json')
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=./scripts/closing-line.ts']
const argv = process.argv.slice(2)

await entry(async () => {
  await ensureInstalled({ withDev: true })
  await buildStale()
  rmSync(outcomeFile, { force: true })
  // Not a TEXTLOOM_ name: the runtimes that tests start would refuse it as an unknown setting.
  const env = { ...process.env, TEST_OUTCOME_FILE: outcomeFile }
  const code = await runUnderNode24([...vitest, ...argv], { env })
  const outcome = existsSync(outcomeFile) ? JSON.parse(readFileSync(outcomeFile, 'utf8')) : undefined
  const isFiltered = argv.some((argument) => /^(-t|--testNamePattern)/.test(argument))
  const end = closing(outcome, { code, isFiltered })
  console.log(`\n${end.lines.join('\n')}`)
  return end.code
})
