/**
 * Holds the delivery promises of CONTRACT §6 against what an SMSC saw. Knows nothing of the product but those promises,
 * and of the flow only that it answers the n-th text of a phone with `<n> <that text>`.
 */
import type { LedgerLine } from './ledger.ts'

/** A promise that was not kept. */
export interface Violation {
  /** Number of the promise in CONTRACT §6, or `live` where nothing moved any more. */
  readonly promise: 1 | 2 | 3 | 4 | 5 | 'live'
  readonly phone: string
  readonly sentence: string
}

/** What the product says about itself, to be held against what was seen. */
export interface Account {
  /** Texts of MTs it marks as possible duplicates, by phone. */
  readonly possibleDuplicates: ReadonlyMap<string, ReadonlySet<string>>
  /** Texts of MOs it lists as dead letters or ignored, by phone: those need no reply. */
  readonly unanswered?: ReadonlyMap<string, ReadonlySet<string>>
}

export interface CheckOptions {
  /** Send window of the link: as many MTs can be in doubt when a connection ends. */
  readonly windowSize: number
  /** Texts of MTs that answer nothing, because the flow did not write them. */
  readonly unasked?: RegExp
  /** An MT whose answer was given so long before the end of its connection was settled, and cannot come again. */
  readonly settledAfterMs?: number
  /** How long an MO may wait for its answer (CONTRACT §6 (1): 10 s), with something for a busy machine. */
  readonly answerWithinMs?: number
}

const ROK = 0
/** "then a temporary error, never a permanent one" */
const RX_T_APPN = 0x64

/**
 * @param account what the product says; absent where it is not asked
 * @returns every broken promise; none for a run in which all were kept
 */
export function checkLedger(
  lines: readonly LedgerLine[],
  account: Account | undefined,
  options: CheckOptions,
): Violation[] {
  const histories = historiesOf(withoutRefused(lines))
  const connections = connectionsOf(lines)
  const lastKillAt = lines.findLastIndex(({ type }) => type === 'kill')
  return [
    ...[...histories].flatMap(([phone, history]) => [
      ...checkAnswers(phone, history, connections, options),
      ...checkReplies(phone, history, account, options),
      ...checkOrder(phone, history),
      ...checkDuplicates(phone, history, connections, account, options),
      ...checkLife(phone, history, lastKillAt),
    ]),
    ...checkDoubtPerConnection(histories, options),
  ]
}

/** What was refused has not come: an MT counts by the attempt that the SMSC took. Line numbers stay as they are. */
export function withoutRefused(lines: readonly LedgerLine[]): LedgerLine[] {
  const nameOf = ({ connection, sequence }: { readonly connection: number; readonly sequence: number }) =>
    `${connection} ${sequence}`
  const refused = new Set(
    lines.flatMap((line) => (line.type === 'mt answered' && line.status !== ROK ? [nameOf(line)] : [])),
  )
  return lines.map((line) =>
    line.type === 'mt received' && refused.has(nameOf(line))
      ? { at: line.at, type: 'mt refused', connection: line.connection, sequence: line.sequence }
      : line,
  )
}

/** What passed between the SMSC and one phone's conversation; `line` counts the lines of the ledger. */
interface History {
  /** The texts a phone wrote, in the order in which it wrote them. */
  readonly mos: Map<string, { readonly attempts: Attempt[]; readonly ordinal: number }>
  readonly replies: Reply[]
}

interface Attempt {
  readonly line: number
  readonly at: number
  readonly connection: number
  answer?: { readonly line: number; readonly at: number; readonly status: number }
}

interface Reply {
  readonly line: number
  readonly connection: number
  readonly text: string
  answeredAt?: number
}

interface Connection {
  readonly closedLine: number
  readonly closedAt: number
}

function historiesOf(lines: readonly LedgerLine[]): ReadonlyMap<string, History> {
  const histories = new Map<string, History>()
  const open = new Map<string, Attempt | Reply>()
  const historyOf = (phone: string): History => {
    const history = histories.get(phone) ?? { mos: new Map(), replies: [] }
    histories.set(phone, history)
    return history
  }
  for (const [line, entry] of lines.entries()) {
    if (entry.type === 'mo sent') {
      const { mos } = historyOf(entry.phone)
      const mo = mos.get(entry.text) ?? { attempts: [], ordinal: mos.size + 1 }
      const attempt: Attempt = { line, at: entry.at, connection: entry.connection }
      mo.attempts.push(attempt)
      mos.set(entry.text, mo)
      open.set(`mo ${entry.connection} ${entry.sequence}`, attempt)
    } else if (entry.type === 'mt received') {
      const reply: Reply = { line, connection: entry.connection, text: entry.text }
      historyOf(entry.phone).replies.push(reply)
      open.set(`mt ${entry.connection} ${entry.sequence}`, reply)
    } else if (entry.type === 'mo answered') {
      const attempt = open.get(`mo ${entry.connection} ${entry.sequence}`)
      if (attempt && 'at' in attempt) attempt.answer = { line, at: entry.at, status: entry.status }
    } else if (entry.type === 'mt answered') {
      const reply = open.get(`mt ${entry.connection} ${entry.sequence}`)
      if (reply && 'text' in reply) reply.answeredAt = entry.at
    }
  }
  return histories
}

function connectionsOf(lines: readonly LedgerLine[]): ReadonlyMap<number, Connection> {
  const closed = lines.flatMap((entry, line) =>
    entry.type === 'closed' ? [[entry.connection, { closedLine: line, closedAt: entry.at }] as const] : [],
  )
  return new Map(closed)
}

/** (1): an answer in time, and no other errors than temporary ones. */
function* checkAnswers(
  phone: string,
  { mos }: History,
  connections: ReadonlyMap<number, Connection>,
  { answerWithinMs = 12_000 }: CheckOptions,
): Generator<Violation> {
  for (const [text, { attempts }] of mos) {
    for (const { at, connection, answer } of attempts) {
      const status = answer?.status ?? ROK
      if (status !== ROK && status !== RX_T_APPN) {
        const name = `0x${status.toString(16).padStart(8, '0')}`
        yield { promise: 1, phone, sentence: `MO "${text}" was refused for good (command_status ${name}).` }
      }
      const heldMs = (answer?.at ?? connections.get(connection)?.closedAt ?? Number.POSITIVE_INFINITY) - at
      if (heldMs > answerWithinMs) yield { promise: 1, phone, sentence: `MO "${text}" had no answer in time.` }
    }
  }
}

/** (2) and (3): each acknowledged MO moved the conversation, by one step, once. */
function* checkReplies(
  phone: string,
  { mos, replies }: History,
  account: Account | undefined,
  { unasked }: CheckOptions,
): Generator<Violation> {
  const answered = new Map<string, Set<number>>()
  for (const { text } of replies) {
    if (unasked?.test(text)) continue
    const [, count = '', asked = ''] = /^(\d+) (.*)$/s.exec(text) ?? []
    const mo = mos.get(asked)
    if (mo === undefined) {
      yield { promise: 2, phone, sentence: `MT "${text}" answers nothing that was written.` }
      continue
    }
    answered.set(asked, (answered.get(asked) ?? new Set()).add(Number(count)))
  }
  const others = account?.unanswered?.get(phone)
  let isAstray = false
  for (const [text, { attempts, ordinal }] of mos) {
    const counts = answered.get(text)
    const isAcknowledged = attempts.some(({ answer }) => answer?.status === ROK)
    if (counts === undefined && isAcknowledged && !others?.has(text)) {
      yield { promise: 2, phone, sentence: `MO "${text}" was acknowledged and lost.` }
    }
    if (counts !== undefined && counts.size > 1) {
      yield { promise: 3, phone, sentence: `MO "${text}" had more than one effect: counts ${[...counts].join(', ')}.` }
    }
    const count = counts === undefined ? undefined : Math.max(...counts)
    // Once the count is wrong it stays wrong: the first is told.
    if (count === undefined || count === ordinal || isAstray) continue
    isAstray = true
    const sentence = `MO "${text}", the ${ordinal}. of its phone, was counted as the ${count}.`
    yield { promise: count > ordinal ? 3 : 4, phone, sentence }
  }
}

/** (4): replies leave in the order of their MOs; a second copy is no excuse. */
function* checkOrder(phone: string, { mos, replies }: History): Generator<Violation> {
  let last = 0
  for (const { text } of replies) {
    const ordinal = mos.get(text.slice(text.indexOf(' ') + 1))?.ordinal
    if (ordinal === undefined) continue
    if (ordinal < last) {
      yield { promise: 4, phone, sentence: `MT "${text}" left after the answer to the ${last}. MO.` }
    }
    last = Math.max(last, ordinal)
  }
}

/** (5): an MT comes twice only when its connection ended before its answer could be noted, and is marked then. */
function* checkDuplicates(
  phone: string,
  { replies }: History,
  connections: ReadonlyMap<number, Connection>,
  account: Account | undefined,
  { settledAfterMs = 5_000 }: CheckOptions,
): Generator<Violation> {
  for (const [text, copies] of Map.groupBy(replies, ({ text }) => text)) {
    for (const [index, later] of copies.slice(1).entries()) {
      const earlier = copies[index]
      const end = earlier && connections.get(earlier.connection)
      if (end === undefined || end.closedLine > later.line) {
        yield { promise: 5, phone, sentence: `MT "${text}" came twice, and its connection had not ended in between.` }
      } else if (end.closedAt - (earlier?.answeredAt ?? end.closedAt) > settledAfterMs) {
        yield { promise: 5, phone, sentence: `MT "${text}" came again long after it was answered.` }
      }
    }
    if (copies.length > 1 && account && !account.possibleDuplicates.get(phone)?.has(text)) {
      yield { promise: 5, phone, sentence: `MT "${text}" came twice and is not marked as a possible duplicate.` }
    }
  }
}

/** (5): not more can be in doubt than the window holds. */
function* checkDoubtPerConnection(
  histories: ReadonlyMap<string, History>,
  { windowSize }: CheckOptions,
): Generator<Violation> {
  const repeated = [...histories.values()].flatMap(({ replies }) =>
    [...Map.groupBy(replies, ({ text }) => text).values()].flatMap((copies) => copies.slice(0, -1)),
  )
  for (const [connection, copies] of Map.groupBy(repeated, (copy) => copy.connection)) {
    if (copies.length <= windowSize) continue
    const sentence = `${copies.length} MTs of connection ${connection} came twice; its window is ${windowSize}.`
    yield { promise: 5, phone: '', sentence }
  }
}

/** A run in which everything fails breaks no other promise: what was written last, after all kills, is answered. */
function* checkLife(phone: string, { mos, replies }: History, lastKillLine: number): Generator<Violation> {
  const [text, mo] = [...mos].at(-1) ?? []
  if (mo === undefined) return
  if ((mo.attempts[0]?.line ?? 0) < lastKillLine) {
    yield { promise: 'live', phone, sentence: 'wrote nothing after the last kill, so nothing is known.' }
  }
  if (!mo.attempts.some(({ answer }) => answer?.status === ROK)) {
    yield { promise: 'live', phone, sentence: `MO "${text}", the last one, was never acknowledged.` }
  } else if (!replies.some((reply) => reply.text.endsWith(` ${text}`))) {
    yield { promise: 'live', phone, sentence: `MO "${text}", the last one, was never answered.` }
  }
}
