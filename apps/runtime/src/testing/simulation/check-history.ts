/*
 * Holds the delivery promises of CONTRACT §6 against what an onlooker saw. Knows nothing of the product but those
 * promises, and of the flows only what they say when.
 */
import { ORDER_MS, PATIENCE_MS, WAIT_MS } from './flows.ts'
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
  const ofPhones = phones.flatMap(({ number, habit }) =>
    checkPhone(byPhone.get(number) ?? [], account, habit).map((sentence) => `${number} (${habit}): ${sentence}`),
  )
  return [...ofPhones, ...unheard(lines, account)]
}

/** A receipt that was taken counts: its MT is no longer one of which nobody knows whether it came. */
function unheard(lines: readonly LedgerLine[], account: Account): string[] {
  const reported = new Set(lines.flatMap((line) => (line.what === 'reported' ? [line.providerId] : [])))
  return [...account.values()].flatMap(({ state, providerId }) =>
    state === 'sent' && providerId !== null && reported.has(providerId)
      ? [`the receipt of ${providerId} was taken, and its MT is not delivered`]
      : [],
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
    ...astray(once, expectedBy(habit, lines, written, once)),
    ...(habit === 'asking' ? mixedUp(once) : []),
    ...early(once, account),
  ]
}

function expectedBy(
  habit: Habit,
  lines: readonly LedgerLine[],
  written: readonly Written[],
  received: readonly Received[],
): Expected[] {
  switch (habit) {
    case 'asked':
      return answersTo(written, received)
    case 'asking':
      return told(written, received)
    case 'ordered':
      return lines.flatMap((line) =>
        line.what === 'requested' ? [expectedOf(`Begun ${line.k}.`), expectedOf(`Over ${line.k}.`)] : [],
      )
    case 'long':
      return joined(written).map((text, index) => expectedOf(`${index + 1} ${text}`))
    default:
      return repliesTo(written, habit)
  }
}

/** Long texts, once all their parts were written. */
function joined(written: readonly Written[]): string[] {
  const messages = Map.groupBy(written, ({ part }) => part?.reference)
  return [...messages.values()]
    .filter((parts) => parts.length === parts[0]?.part?.total)
    .map((parts) => parts.map(({ text }) => text).join(''))
}

/** Each time the flow asks a service it tells what came of that, whatever it was. */
function told(written: readonly Written[], received: readonly Received[]): Expected[] {
  return written.map((_, index) => {
    const { text } = received[index] ?? {}
    return expectedOf(text !== undefined && /^It (said \d+|failed|was slow)\.$/.test(text) ? text : 'It said …')
  })
}

/** What the service says to one request is told once; to the next it says something else. */
function mixedUp(received: readonly Received[]): string[] {
  const answers = received.flatMap(({ text }) => /^It said (\d+)\.$/.exec(text)?.slice(1).map(Number) ?? [])
  const index = answers.findIndex((answer, at) => at > 0 && answer <= (answers[at - 1] ?? 0))
  return index === -1 ? [] : [`"It said ${answers[index]}." came after "It said ${answers[index - 1]}."`]
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
  ['Over', ORDER_MS],
])

/** No timer fires before its time, by the clock that it was set by. */
function early(received: readonly Received[], account: Account): string[] {
  return received.flatMap(({ text, key }, index) => {
    const delayMs = delays.get(text.replace(/ \d+\.$/, ''))
    const [set, fired] = [account.get(received[index - 1]?.key ?? '')?.createdAt, account.get(key)?.createdAt]
    if (delayMs === undefined || set === undefined || fired === undefined || fired - set >= delayMs) return []
    return [`"${text}" was written ${fired - set} ms after its timer was set, which was for ${delayMs} ms`]
  })
}

function expectedOf(text: string): Expected {
  return { text, mayMiss: false }
}
