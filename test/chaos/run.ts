// Shows that the bars of reliability are held: `npm run chaos -- R1 R7 [--seed 7] [--quick] [--json]`, `--all`, `--smoke`,
// `--list`. Ends with 1 when a bar is not held, with 2 when it is asked for what there is not (docs/reference/chaos.md).

import { seedOfRun } from '../crash/choices.ts'
import { type ChaosOptions, readOptions, UsageError } from './options.ts'
import { bars, smokeBars } from './registry.ts'
import { lineOf, totalOf, type Verdict } from './report.ts'
import type { Omitted, Scenario } from './scenario.ts'

process.exitCode = await main()

async function main(): Promise<number> {
  try {
    const names = bars.map(({ bar }) => bar)
    return await runAll(readOptions(process.argv.slice(2), { bars: names, smoke: smokeBars, anySeed: seedOfRun() }))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    return 2
  }
}

async function runAll({ bars: wanted, list, ...options }: ChaosOptions): Promise<number> {
  const scenarios = bars.filter(({ bar }) => wanted.includes(bar))
  if (list) {
    for (const { bar, title } of scenarios) console.log(`${bar.padEnd(4)} ${title}`)
    return 0
  }
  const verdicts: Verdict[] = []
  for (const scenario of scenarios) {
    const verdict = await judge(scenario, options)
    verdicts.push(verdict)
    console.log(options.json ? JSON.stringify(verdict) : lineOf(verdict))
  }
  if (!options.json) console.log(totalOf(verdicts))
  return verdicts.some(({ verdict }) => verdict === 'BROKEN') ? 1 : 0
}

async function judge(
  scenario: Scenario | Omitted,
  { seed, size }: Pick<ChaosOptions, 'seed' | 'size'>,
): Promise<Verdict> {
  const { bar, title } = scenario
  const reason = 'skipped' in scenario ? scenario.skipped : await scenario.needs?.()
  if ('skipped' in scenario || reason !== undefined) return { bar, title, verdict: 'skipped', reason: reason ?? '' }
  const startedAtMs = performance.now()
  const say = (progress: string) => {
    if (process.stderr.isTTY) console.error(`     ${bar}: ${progress}`)
  }
  const outcome = await scenario.run({ seed, size, say }).catch((error: unknown) => ({
    figures: {},
    violations: [error instanceof Error ? error.message : String(error)],
  }))
  const seconds = (performance.now() - startedAtMs) / 1_000
  const verdict = outcome.violations.length > 0 ? 'BROKEN' : 'ok'
  return { bar, title, verdict, seed, size, seconds, ...outcome }
}
