/*
 * Holds the delivery promises of CONTRACT §6 against what an onlooker saw. Knows nothing of the product but those
 * promises, and of the flows only what they say when.
 */
import { PATIENCE_MS, WAIT_MS } from './flows.ts'
import type { Account, LedgerLine } from './ledger.ts'
import type { Habit } from './phones.ts'

type Written = Extract<LedgerLine, { readonly what: 'written' }>
type Received = Extract<LedgerLine, { readonly what: 'received' }>

/** What a phone is to hear next; `mayMiss` where a STOP came that may have overtaken it. */
interface Expected {
  readonly text: string
  mayMiss: boolean
}

/** @returns a sentence for each broken promise; none where all were kept */
export function checkHistory(
  lines: readonly LedgerLine[],
  account: Account,
  phones: readonly { readonly number: string; readonly habit: Habit }[],
): string[] {
  const byPhone = Map.groupBy(lines, (line) => ('phone' in line ? line.phone : ''))
  return phones.flatMap(({ number, habit }) =>
    checkPhone(byPhone.get(number) ?? [], account, habit).map((sentence) => `${number} (${habit}): ${sentence}`),
  )
}

function checkPhone(lines: readonly LedgerLine[], account: Account, habit: Habit): string[] {
  const written = lines.filter((line) => line.what === 'written')
  const received = lines.filter((line) => line.what === 'received')
  const copies = Map.groupBy(received, ({ key }) => key)
  const once = [...copies.values()].flatMap(([first]) => first ?? [])
  return [
    ...unacknowledged(lines, written),
    ...unmarked(copies, account),
    ...gaps(lines),
    ...astray(once, habit === 'asked' ? answersTo(written, once) : repliesTo(written, habit)),
    ...early(once, account),
  ]
}

function unacknowledged(lines: readonly LedgerLine[], written: readonly Written[]): string[] {
  const acknowledged = new Set(lines.flatMap((line) => (line.what === 'acknowledged' ? [line.n] : [])))
  return written.flatMap(({ n, text }) => (acknowledged.has(n) ? [] : [`"${text}" (${n}.) was never acknowledged`]))
}

/** An MT comes twice only where the product says that it may. */
function unmarked(copies: ReadonlyMap<string, readonly Received[]>, account: Account): string[] {
  return [...copies].flatMap(([key, [first, ...others]]) =>
    others.length === 0 || account.get(key)?.isPossibleDuplicate
      ? []
      : [`"${first?.text}" came ${others.length + 1} times and is not marked as a possible duplicate`],
  )
}

/** Each store of a session stands upon the one before. */
function gaps(lines: readonly LedgerLine[]): string[] {
  const revs = lines.flatMap((line) => (line.what === 'stored' ? [line.rev] : []))
  const index = revs.findIndex((rev, at) => rev !== at + 1)
  return index === -1 ? [] : [`the session was stored as ${revs[index]} where ${index + 1} was due`]
}

/** Every reply comes, in order, and nothing else does. */
function astray(received: readonly Received[], expected: readonly Expected[]): string[] {
  let next = 0
  for (const { text } of received) {
    while (expected[next]?.mayMiss === true && expected[next]?.text !== text) next += 1
    const due = expected[next]
    if (due?.text !== text) return [`"${text}" came where ${due === undefined ? 'nothing' : `"${due.text}"`} was due`]
    next += 1
  }
  return expected.slice(next).flatMap(({ text, mayMiss }) => (mayMiss ? [] : [`"${text}" never came`]))
}

function repliesTo(written: readonly Written[], habit: Habit): Expected[] {
  if (habit === 'waiting') return written.flatMap(() => [expectedOf('One moment.'), expectedOf('Here we are.')])
  let expected: Expected[] = []
  let count = 0
  let isStopped = false
  for (const { text } of written) {
    if (isStopped) {
      if (text !== 'START') continue
      isStopped = false
      expected.push(expectedOf('Started.'))
    } else if (text === 'STOP') {
      isStopped = true
      count = 0
      // Nothing may leave after a STOP, so what had not left by then does not; confirmations do.
      expected = expected.map((one) => ({ ...one, mayMiss: /^\d/.test(one.text) }))
      expected.push(expectedOf('Stopped.'))
    } else {
      count += 1
      expected.push(expectedOf(`${count} ${text}`))
    }
  }
  return expected
}

/** Where an answer and the end of patience meet, either may be the first; what was heard says which. */
function answersTo(written: readonly Written[], received: readonly Received[]): Expected[] {
  const expected: Expected[] = []
  for (const [index, { text }] of written.entries()) {
    if (text === 'hello') {
      expected.push(expectedOf('Shall we? hello'))
      const isAnswered = ['yes', 'no'].includes(written[index + 1]?.text ?? '')
      if (!isAnswered || received[expected.length]?.text === 'Too late.') expected.push(expectedOf('Too late.'))
    } else {
      const isTooLate = expected.at(-1)?.text === 'Too late.'
      expected.push(expectedOf(isTooLate ? 'Pardon?' : text === 'yes' ? 'Good.' : 'Pity.'))
    }
  }
  return expected
}

const delays = new Map([
  ['Here we are.', WAIT_MS],
  ['Too late.', PATIENCE_MS],
])

/** No timer fires before its time, by the clock that it was set by. */
function early(received: readonly Received[], account: Account): string[] {
  return received.flatMap(({ text, key }, index) => {
    const delayMs = delays.get(text)
    const [set, fired] = [account.get(received[index - 1]?.key ?? '')?.createdAt, account.get(key)?.createdAt]
    if (delayMs === undefined || set === undefined || fired === undefined || fired - set >= delayMs) return []
    return [`"${text}" was written ${fired - set} ms after its timer was set, which was for ${delayMs} ms`]
  })
}

function expectedOf(text: string): Expected {
  return { text, mayMiss: false }
}
