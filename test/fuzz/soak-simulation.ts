import { type SimulationReport, simulateMany } from '@textloom/runtime/testing/simulation'

const CHUNK = 500

/**
 * Plays histories of the runtime in virtual time; says how far it is, and answers whether all is well. A history that is
 * asked for alone is shown line by line.
 */
export async function soakSimulation(range: { readonly count: number; readonly seed: number }): Promise<boolean> {
  const { count, seed } = range
  const all = { histories: 0, received: 0, faults: 0 }
  const wrong = new Set<number>()
  const startedAtMs = performance.now()
  while (all.histories < count) {
    const chunk = { first: seed + all.histories, count: Math.min(CHUNK, count - all.histories) }
    const report: SimulationReport = await simulateMany({
      ...chunk,
      seen: (lines) => {
        if (count === 1) for (const { at, ...line } of lines) console.log(`${at} ms`, JSON.stringify(line))
      },
    })
    for (const { seed, why } of report.wrong) {
      wrong.add(seed)
      console.error(`seed ${seed}: ${why}. Again: npm run soak -- --only simulation --seeds 1 --seed ${seed}`)
    }
    for (const figure of ['histories', 'received', 'faults'] as const) all[figure] += report[figure]
    const seconds = Math.round((performance.now() - startedAtMs) / 1_000)
    const { histories, received, faults } = all
    console.log(
      `${histories} histories in ${seconds} s: ${received} MTs received, ${faults} faults, ${wrong.size} histories wrong.`,
    )
  }
  return wrong.size === 0
}
