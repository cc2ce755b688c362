/** CONTRACT §6 under SIGKILL. `SEED=7 npm test -- test/crash/crash` plays a run again. */
import { engineOf, type Storage, storageOn, until } from '@textloom/runtime/testing/system'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { booksOf, type Message, textsByPhone } from './books.ts'
import { Choices, seedOfRun } from './choices.ts'
import { type CrashRun, type KillKind, PHONES, startCrashRun } from './crash-run.ts'
import type { LedgerLine } from './ledger.ts'

const seed = seedOfRun()

interface Run {
  readonly engine: Storage['engine']
  readonly kills: number
  readonly kinds: readonly KillKind[]
}

const runs: readonly Run[] = [
  { engine: 'embedded', kills: 20, kinds: ['runtime', 'runtime', 'link, runtime', 'runtime, database'] },
  { engine: 'pglite', kills: 3, kinds: ['runtime', 'link, runtime'] },
  { engine: 'server', kills: 3, kinds: ['runtime', 'link, runtime'] },
]

describe.each(runs)(`on storage "$engine" (SEED=${seed})`, ({ engine: name, kills, kinds }) => {
  const engine = engineOf(name)

  beforeEach(async ({ skip }) => {
    const reason = await engine.unavailable()
    if (reason !== undefined) skip(reason)
  })

  test(`${kills} kills while ${PHONES} phones talk break no promise`, { timeout: 400_000 }, async () => {
    const run = await startCrashRun({ storage: await storageOn(engine), random: new Choices(seed), kinds })
    onTestFinished(() => run.stop(), 60_000)
    for (let kill = 1; kill <= kills; kill++) await run.kill()
    await run.phones.finish(60_000)

    const books = await booksOnceSettled(run)
    const marked = books.filter(({ possibleDuplicate }) => possibleDuplicate)
    const violations = run.violations({ possibleDuplicates: textsByPhone(marked) })
    expect(violations, violations.length === 0 ? '' : `the ledger is ${run.keepLedger(name)}`).toEqual([])

    const happened = whatHappened(run)
    console.log(`SEED=${seed}, ${name}: ${JSON.stringify(happened)}`)
    expect(happened).toMatchObject({ kills, phones: PHONES, mos: run.phones.written() })
    // The product's own books say the same: every text once, each moved a session, each reply is with its phone.
    expect(countBy(books, ({ direction, outcome, status }) => `${direction} ${outcome ?? status}`)).toEqual({
      'mo transition': happened.mos,
      'mt delivered': happened.mos,
    })
  })
})

/** Receipts may still be on their way. */
async function booksOnceSettled({ runtimes }: CrashRun): Promise<Message[]> {
  const [runtime] = runtimes
  if (runtime === undefined) throw new Error('Nothing runs.')
  let books: Message[] = []
  const allDelivered = async () => {
    books = await booksOf(runtime)
    return books.every(({ direction, status }) => direction === 'mo' || status === 'delivered')
  }
  await until(allDelivered, 'receipts of all MTs').catch(() => undefined)
  return books
}

function countBy<T>(items: readonly T[], name: (item: T) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(items, name)].map(([group, its]) => [group, its.length]))
}

/** So that a run in which little happened does not pass for one in which all went well. */
function whatHappened({ ledger }: CrashRun) {
  const textsOf = (type: LedgerLine['type']) =>
    ledger.lines.flatMap((line) => (line.type === type && 'text' in line ? [`${line.phone} ${line.text}`] : []))
  const [sent, mts] = [textsOf('mo sent'), textsOf('mt received')]
  return {
    kills: ledger.lines.filter(({ type }) => type === 'kill').length,
    phones: new Set(sent.map((text) => text.split(' ')[0])).size,
    mos: new Set(sent).size,
    redelivered: sent.length - new Set(sent).size,
    sentAgain: mts.length - new Set(mts).size,
  }
}
