// npm test: installs what is missing, builds what is stale, runs vitest with whatever arguments follow, and closes with
// `N passed, N failed, N skipped`.

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildStale } from './build.mjs'
import { ensureInstalled } from './installed.mjs'
import { entry, root, runUnderNode24 } from './node24.mjs'
import { closing } from './test-outcome.mjs'

const outcomeFile = join(root, 'node_modules/.cache/textloom/test-outcome.json')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const reporters = ['--reporter=default', '--reporter=./scripts/closing-line.ts']
const argv = process.argv.slice(2)

await entry(async () => {
  const problems = []
  try {
    await ensureInstalled({ withDev: true })
    await buildStale()
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
  }
  rmSync(outcomeFile, { force: true })
  // Not a TEXTLOOM_ name: the runtimes that tests start would refuse it as an unknown setting.
  const env = { ...process.env, TEST_OUTCOME_FILE: outcomeFile }
  const code = existsSync(vitest) ? await runUnderNode24([vitest, 'run', ...reporters, ...argv], { env }) : 1
  const outcome = existsSync(outcomeFile) ? JSON.parse(readFileSync(outcomeFile, 'utf8')) : undefined
  const isFiltered = argv.some((argument) => /^(-t|--testNamePattern)/.test(argument))
  const end = closing(outcome, { code, isFiltered, problems })
  console.log(`\n${end.lines.join('\n')}`)
  return end.code
})
