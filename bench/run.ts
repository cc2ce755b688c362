// Runs benchmarks, each in a process of its own so that none warms or slows the next; prints a table and writes
// bench/results/<name>.json. Started by `npm run bench -- [name…] [--seconds 3] [--seed 1]
// [--large]`.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bench, type BenchResult, isKept, type Ratio } from './result.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    large: { type: 'boolean', default: false },
    here: { type: 'boolean', default: false }, // in this process: how this file starts itself for one benchmark
  },
})
const names = readdirSync(import.meta.dirname).flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? [])
process.exitCode = values.here ? await runHere(positionals[0] ?? '') : runEach(positionals)

function runEach(wanted: readonly string[]): number {
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    console.error(`There is no benchmark ${unknown.join(', ')}; there are: ${names.join(', ') || 'none yet'}.`)
    return 2
  }
  const options = ['--here', '--seconds', values.seconds, '--seed', values.seed, ...(values.large ? ['--large'] : [])]
  const failed = (wanted.length > 0 ? wanted : names).filter((name) => {
    const { status } = spawnSync(process.execPath, [import.meta.filename, name, ...options], { stdio: 'inherit' })
    return status !== 0
  })
  if (failed.length > 0) console.error(`Failed or short of what is promised: ${failed.join(', ')}.`)
  return failed.length > 0 ? 1 : 0
}

async function runHere(name: string): Promise<number> {
  const { run }: { run: Bench } = await import(`./${name}.bench.ts`)
  const result = await run({ seconds: Number(values.seconds), seed: Number(values.seed), large: values.large })
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  print(result)
  return Object.values(result.ratios).every(isKept) ? 0 : 1
}

function print({ name, figures, ratios, notes = [] }: BenchResult): void {
  console.log(`\n${name}`)
  const rows = [
    ...Object.entries(figures).map(([figure, value]) => [figure, shown(value), '']),
    ...Object.entries(ratios).map(([name, ratio]) => [name, `${ratio.value.toFixed(2)} x`, promised(ratio)]),
  ]
  const width = Math.max(0, ...rows.map(([label = '']) => label.length))
  for (const [label = '', value = '', promise = ''] of rows) {
    console.log(`  ${label.padEnd(width)}  ${value.padStart(12)}  ${promise}`.trimEnd())
  }
  for (const note of notes) console.log(`  ${note}`)
}

function promised(ratio: Ratio): string {
  const limits = [
    ratio.atLeast === undefined ? [] : [`at least ${ratio.atLeast}`],
    ratio.atMost === undefined ? [] : [`at most ${ratio.atMost}`],
  ].flat()
  return `${limits.join(', ')}${isKept(ratio) ? '' : ': MISSED'}`
}

function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
}
