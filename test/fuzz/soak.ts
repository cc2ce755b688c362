// Reads, judges, compiles and plays flow documents made by chance: `npm run soak -- [--count 100000] [--seed 1]`. Says
// how far it is, and what is wrong with the seed that brings it back; ends with 1 when anything is.

import { parseArgs } from 'node:util'
import { type FuzzReport, fuzz } from './fuzz.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const [count, first] = [Number(values.count), Number(values.seed)]
const chunk = 5_000
const all: FuzzReport = { documents: 0, refused: 0, unsound: 0, played: 0, inputs: 0, wrong: [] }
const startedAtMs = performance.now()

while (all.documents < count) {
  const report = fuzz({ first: first + all.documents, count: Math.min(chunk, count - all.documents) })
  for (const { seed, what, why } of report.wrong) console.error(`seed ${seed}, ${what}: ${why}`)
  for (const figure of ['documents', 'refused', 'unsound', 'played', 'inputs'] as const) all[figure] += report[figure]
  all.wrong.push(...report.wrong)
  const seconds = Math.round((performance.now() - startedAtMs) / 1_000)
  const { documents, refused, unsound, played, inputs, wrong } = all
  console.log(
    `${documents} documents in ${seconds} s: ${refused} refused, ${unsound} unsound, ${played} played with ${inputs} inputs, ${wrong.length} wrong.`,
  )
}
process.exitCode = all.wrong.length > 0 ? 1 : 0
