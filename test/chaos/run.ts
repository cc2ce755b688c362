// Shows that the bars of reliability are held: `npm run chaos -- R1 R7 [--seed 7] [--quick] [--json]`, `--all`, `--list`.
// Ends with 1 when a bar is not held, with 2 when it is asked for what there is not (docs/reference/chaos.md).

import { seedOfRun } from '../crash/choices.ts'
import { type ChaosOptions, readOptions, UsageError } from './options.ts'
import { bars } from './registry.ts'
import { lineOf, type Verdict } from './report.ts'
import type { Omitted, Scenario } from './scenario.ts'

process.exitCode = await main()

async function main(): Promise<number> {
  try {
    const known = bars.map(({ bar }) => bar)
    return await runAll(readOptions(process.argv.slice(2), known, seedOfRun()))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return 2
  }
}

async function runAll({ bars: wanted, list, ...options }: ChaosOptions): Promise<number> {
  let isHeld = true
  for (const scenario of bars.filter(({ bar }) => wanted.includes(bar))) {
    if (list) {
      console.log(`${scenario.bar.padEnd(4)} ${scenario.title}`)
      continue
    }
    const verdict = await judge(scenario, options)
    console.log(options.json ? JSON.stringify(verdict) : lineOf(verdict))
    isHeld &&= verdict.verdict !== 'BROKEN'
  }
  return isHeld ? 0 : 1
}

async function judge(
  scenario: Scenario | Omitted,
  { seed, quick }: Pick<ChaosOptions, 'seed' | 'quick'>,
): Promise<Verdict> {
  const { bar, title } = scenario
  const reason = 'skipped' in scenario ? scenario.skipped : await scenario.needs?.()
  if ('skipped' in scenario || reason !== undefined) return { bar, title, verdict: 'skipped', reason: reason ?? '' }
  const startedAtMs = performance.now()
  const say = (progress: string) => {
    if (process.stderr.isTTY) console.error(`     ${bar}: ${progress}`)
  }
  const outcome = await scenario.run({ seed, quick, say }).catch((error: unknown) => ({
    figures: {},
    violations: [error instanceof Error ? error.message : String(error)],
  }))
  const seconds = (performance.now() - startedAtMs) / 1_000
  const verdict = outcome.violations.length > 0 ? 'BROKEN' : 'ok'
  return { bar, title, verdict, seed, quick, seconds, ...outcome }
}
