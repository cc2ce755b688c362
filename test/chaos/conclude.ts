import { until } from '@textloom/runtime/testing/system'
import { booksOf, type Message, textsByPhone } from '../crash/books.ts'
import { type CheckOptions, type Violation, withoutRefused } from '../crash/check-ledger.ts'
import type { CrashRun } from '../crash/crash-run.ts'
import type { LedgerLine } from '../crash/ledger.ts'
import type { Outcome } from './scenario.ts'

export interface Conclusion {
  /** Names the ledger that is kept when something is wrong. */
  readonly name: string
  /** False where nobody died and no link broke: then not even a marked MT may come twice. Default true. */
  readonly mayRepeat?: boolean
  /** Where other times than the usual ones hold. */
  readonly checks?: Partial<CheckOptions>
  /** Phones, as SMPP writes them, that talk to other flows: the scenario judges those by itself. */
  readonly others?: ReadonlySet<string>
  /** What was said before is not looked at. Epoch milliseconds. */
  readonly sinceMs?: number
  /** What the scenario found out by itself. */
  readonly figures?: Outcome['figures']
  readonly violations?: readonly string[]
}

/**
 * Ends the talk of a run: everybody says one last thing and has its answer, then what the SMSC saw is held against the
 * promises (CONTRACT §6), and the product's own books against both.
 */
export async function conclude(run: CrashRun, conclusion: Conclusion): Promise<Outcome> {
  const { name, mayRepeat = true, checks, others = new Set(), sinceMs = 0 } = conclusion
  // Who waits in vain is told by the checker.
  await run.phones.finish(60_000).catch(() => undefined)
  const books = (await booksOnceSettled(run, sinceMs)).filter(({ phone }) => !others.has(phone.slice(1)))
  const marked = mayRepeat ? books.filter(({ possibleDuplicate }) => possibleDuplicate) : []
  const broken = run.violations({ possibleDuplicates: textsByPhone(marked) }, checks, others)
  const happened = whatHappened(run, others)
  const violations = [
    ...broken.map(sentenceOf),
    ...disagreements(books, happened.mos),
    ...(conclusion.violations ?? []),
  ]
  return {
    figures: { ...happened, marked: marked.length, ...conclusion.figures },
    violations,
    ...(violations.length > 0 && { ledger: run.keepLedger(name) }),
  }
}

/** Receipts may still be on their way. */
async function booksOnceSettled({ runtimes }: CrashRun, sinceMs: number): Promise<Message[]> {
  const [runtime] = runtimes
  if (runtime === undefined) throw new Error('Nothing runs.')
  let books: Message[] = []
  const allDelivered = async () => {
    books = await booksOf(runtime, sinceMs)
    return books.every(({ direction, status }) => direction === 'mo' || status === 'delivered')
  }
  await until(allDelivered, 'receipts of all MTs', 60_000).catch(() => undefined)
  return books
}

function sentenceOf({ promise, phone, sentence }: Violation): string {
  const whose = phone === '' ? '' : `${phone}: `
  return promise === 'live' ? `live: ${whose}${sentence}` : `promise (${promise}): ${whose}${sentence}`
}

/** Every text is there once and moved a session; each has one reply, which is with its phone. */
function disagreements(books: readonly Message[], mos: number): string[] {
  const groups = Map.groupBy(books, ({ direction, outcome, status }) => `${direction} ${outcome ?? status}`)
  const counted = [...groups].map(([group, its]) => `${its.length} ${group}`).toSorted()
  const wanted = [`${mos} mo transition`, `${mos} mt delivered`].toSorted()
  if (counted.join() === wanted.join()) return []
  return [`books: the API lists ${counted.join(', ')} instead of ${wanted.join(', ')}.`]
}

/** So that a run in which little happened does not pass for one in which all went well. */
function whatHappened({ ledger }: CrashRun, others: ReadonlySet<string>) {
  const lines = withoutRefused(ledger.lines)
  const textsOf = (type: LedgerLine['type']) =>
    lines.flatMap((line) =>
      line.type === type && 'text' in line && !others.has(line.phone) ? [`${line.phone} ${line.text}`] : [],
    )
  const [sent, mts] = [textsOf('mo sent'), textsOf('mt received')]
  const answered = new Set(mts.map((text) => text.replace(/ \d+ /, ' ')))
  const written = new Set(sent)
  return {
    mos: written.size,
    lost: [...written].filter((text) => !answered.has(text)).length,
    phones: new Set(sent.map((text) => text.split(' ')[0])).size,
    kills: lines.filter(({ type }) => type === 'kill').length,
    redelivered: sent.length - written.size,
    sentAgain: mts.length - new Set(mts).size,
  }
}
