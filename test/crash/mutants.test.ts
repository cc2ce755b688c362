/** The checker is checked: it must find out runtimes that break one promise each (`mutants/`). */
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { engineOf, type RunningRuntime, storageOn, until } from '@textloom/runtime/testing/system'
import { beforeEach, describe, expect, test } from 'vitest'
import { bindsOver } from './binds.ts'
import type { Violation } from './check-ledger.ts'
import { Choices, seedOfRun } from './choices.ts'
import { type CrashRunOptions, startCrashRun } from './crash-run.ts'
import { QUICK_LEASES } from './quick-leases.ts'

const embedded = engineOf('embedded')
const seed = seedOfRun()
const MOST_KILLS = 12
const timeout = 120_000
const BOUND = 'The link is bound.'
/** Whoever wakes up asks for its leases at once; five seconds later it would give away what is beyond its share anyway. */
const LEASES_ASKED_MS = 2_500

interface Setting extends Pick<CrashRunOptions, 'kinds' | 'processes' | 'withNews'> {
  readonly shared?: boolean
}

/** Its link goes a moment before it does: so most of what it stored and answered is unknown outside. */
const alone: Setting = { kinds: ['runtime', 'link, runtime'] }
/** Both write to the same phones; one answers them until it is killed, then the other does. */
const two: Setting = { kinds: ['runtime'], processes: 2, withNews: true, shared: true }

describe(`under kills (SEED=${seed})`, () => {
  beforeEach(async ({ skip }) => {
    const reason = await embedded.unavailable()
    if (reason !== undefined) skip(reason)
  })

  test.each([
    { mutant: 'acknowledge-before-store', says: 'an acknowledgement before the store', promise: 4, setting: alone },
    { mutant: 'dedupe-off', says: 'an inbox that recognises nothing', promise: 3, setting: alone },
    { mutant: 'rev-check-off', says: 'two processes that do not look at rev', promise: 4, setting: two },
  ])('$says is found out', { timeout }, async ({ mutant, promise, setting }) => {
    const found = await violationsOf(mutant, setting, { stopAtFirst: true })
    expect(found.map((violation) => violation.promise)).toContain(promise)
  })

  test('two processes as they are keep every promise', { timeout }, async () => {
    expect(await violationsOf('none', two, { kills: 6 })).toEqual([])
  })
})

describe('a process that is stopped for longer than its leases last', () => {
  beforeEach(async ({ skip }) => {
    const reason = await embedded.unavailable()
    if (reason !== undefined) skip(reason)
  })

  // As it is, it leaves the link to its successor: npm run chaos -- R28.
  test('goes on where nothing fences it off, which is found out', { timeout }, async () => {
    expect(await bindsAfterStop('fencing-off')).toBe(2)
  })
})

/** Stops the owner of the link until the other one has taken over, and lets it go on. */
async function bindsAfterStop(mutant: string): Promise<number> {
  const run = await startCrashRun({
    storage: await storageOn(embedded, { shared: true }),
    random: new Choices(seed),
    kinds: [],
    processes: 2,
    program: [fileURLToPath(new URL(`mutants/${mutant}.ts`, import.meta.url))],
    env: { [QUICK_LEASES]: '1' },
  })
  const isBound = ({ stdout }: RunningRuntime) => stdout.findLast((line) => line.startsWith('The link is')) === BOUND
  const bindsSoFar = () => run.ledger.lines.filter(({ type }) => type === 'bind').length
  try {
    const owner = await until(() => run.runtimes.find(isBound), 'a process whose link is bound', 30_000)
    owner.signal('SIGSTOP')
    await until(() => bindsSoFar() === 2, 'the other process to take over', 60_000)
    owner.signal('SIGCONT')
    // By then it has asked for its leases again.
    const isTold = async () => !isBound(owner) || (await pause(LEASES_ASKED_MS).then(() => true))
    await until(isTold, 'the first process to find out', 60_000)
    await pause(1_000)
    return bindsOver(run.ledger.lines).last
  } finally {
    await run.stop()
  }
}

async function violationsOf(
  mutant: string,
  { shared = false, ...setting }: Setting,
  { kills = MOST_KILLS, stopAtFirst = false }: { readonly kills?: number; readonly stopAtFirst?: boolean },
): Promise<Violation[]> {
  const program = [fileURLToPath(new URL(`mutants/${mutant}.ts`, import.meta.url))]
  const storage = await storageOn(embedded, { shared })
  const run = await startCrashRun({ ...setting, storage, program, random: new Choices(seed) })
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await run.kill()
      // Others are not certain while something is still on its way.
      const certain = run.violations().filter(({ promise }) => promise === 3 || promise === 4)
      if (stopAtFirst && certain.length > 0) return certain
    }
    // Who waits in vain is told by the checker.
    await run.phones.finish(30_000).catch(() => undefined)
    return run.violations()
  } finally {
    await run.stop()
  }
}
