import { engineOf, storageOn } from '@textloom/runtime/testing/system'
import { expect, onTestFinished, test } from 'vitest'
import { Choices } from '../crash/choices.ts'
import { startCrashRun } from '../crash/crash-run.ts'

const STOPS = 3

test('a SIGTERM under load ends in an unbind, within 10 s, with nothing lost and nothing twice', async () => {
  const run = await startCrashRun({ storage: await storageOn(engineOf('embedded')), random: new Choices(1), kinds: [] })
  onTestFinished(() => run.stop())
  for (let stop = 1; stop <= STOPS; stop++) {
    const { code, tookMs } = await run.stopGracefully()
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(10_000)
    expect(run.ledger.lines.filter(({ type }) => type === 'unbind')).toHaveLength(stop)
  }
  await run.phones.finish(60_000)
  expect(run.violations({ possibleDuplicates: new Map() })).toEqual([])
  const replies = run.ledger.lines.flatMap((line) =>
    line.type === 'mt received' ? [`${line.phone} ${line.text}`] : [],
  )
  expect(replies).toHaveLength(new Set(replies).size)
})
