import { type FuzzReport, fuzz } from './fuzz.ts'

const CHUNK = 5_000

/** Reads, judges, compiles and plays flow documents made by chance; says how far it is, and answers whether all is well. */
export function soakDocuments({ count, seed: first }: { readonly count: number; readonly seed: number }): boolean {
  const all: FuzzReport = { documents: 0, refused: 0, unsound: 0, played: 0, inputs: 0, wrong: [] }
  const startedAtMs = performance.now()
  while (all.documents < count) {
    const report = fuzz({ first: first + all.documents, count: Math.min(CHUNK, count - all.documents) })
    for (const { seed, what, why } of report.wrong) console.error(`seed ${seed}, ${what}: ${why}`)
    for (const figure of ['documents', 'refused', 'unsound', 'played', 'inputs'] as const) all[figure] += report[figure]
    all.wrong.push(...report.wrong)
    const seconds = Math.round((performance.now() - startedAtMs) / 1_000)
    const { documents, refused, unsound, played, inputs, wrong } = all
    console.log(
      `${documents} documents in ${seconds} s: ${refused} refused, ${unsound} unsound, ${played} played with ${inputs} inputs, ${wrong.length} wrong.`,
    )
  }
  return all.wrong.length === 0
}
