import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { type Account, checkLedger } from './check-ledger.ts'
import type { LedgerLine } from './ledger.ts'
import { readPdu } from './read-pdu.ts'

const phone = '36301000001'

/** Writes a ledger line by line; a second passes with `later`. */
class Writer {
  readonly lines: LedgerLine[] = []
  #at = 0
  #sequence = 0

  mo(text: string, { answer = 0, connection = 1 }: { answer?: number | null; connection?: number } = {}): this {
    const sequence = ++this.#sequence
    this.lines.push({ at: this.#at, type: 'mo sent', connection, sequence, phone, text })
    if (answer !== null) this.lines.push({ at: this.#at, type: 'mo answered', connection, sequence, status: answer })
    return this
  }

  mt(text: string, { isAnswered = true, connection = 1, to = phone, status = 0 } = {}): this {
    const sequence = ++this.#sequence
    this.lines.push({ at: this.#at, type: 'mt received', connection, sequence, phone: to, text })
    if (isAnswered) this.lines.push({ at: this.#at, type: 'mt answered', connection, sequence, status })
    return this
  }

  kill(): this {
    this.lines.push({ at: this.#at, type: 'kill', how: 'runtime' })
    return this.closed(1)
  }

  closed(connection: number): this {
    this.lines.push({ at: this.#at, type: 'closed', connection })
    return this
  }

  later(ms: number): this {
    this.#at += ms
    return this
  }
}

const first = () => new Writer().mo('t1').mt('1 t1')
const afterKill = { connection: 2 }
const marked: Account = { possibleDuplicates: new Map([[phone, new Set(['1 t1', '2 t2'])]]) }
const unmarked: Account = { possibleDuplicates: new Map() }

test.each<{ what: string; ledger: Writer; account?: Account }>([
  { what: 'a conversation without any fault', ledger: first().mo('t2').mt('2 t2') },
  {
    what: 'an MO that was delivered again after a kill and answered once',
    ledger: first().mo('t2', { answer: null }).kill().mo('t2', afterKill).mt('2 t2', afterKill).mo('t3').mt('3 t3'),
  },
  {
    what: 'a marked second copy of an MT whose answer was on its way',
    ledger: first().kill().mt('1 t1', afterKill).mo('t2', afterKill).mt('2 t2', afterKill),
    account: marked,
  },
  {
    what: 'an MO that was refused for now and taken later',
    ledger: first().mo('t2', { answer: 0x64 }).mo('t2').mt('2 t2'),
  },
  {
    what: 'an MT that was throttled and came again',
    ledger: first().mo('t2').mt('2 t2', { status: 0x58 }).mt('2 t2'),
  },
  {
    what: 'an MO without a reply that is listed as a dead letter',
    ledger: new Writer().mo('t1').mo('t2').mt('2 t2'),
    account: { ...unmarked, unanswered: new Map([[phone, new Set(['t1'])]]) },
  },
])('a ledger with $what keeps every promise', ({ ledger, account = unmarked }) => {
  expect(checkLedger(ledger.lines, account, { windowSize: 1 })).toEqual([])
})

test.each<{ what: string; ledger: Writer; account?: Account; breaks: string }>([
  {
    what: 'an MO that was refused for good',
    ledger: first().mo('t2', { answer: 0x08 }).mo('t2').mt('2 t2'),
    breaks: '1 MO "t2" was refused for good (command_status 0x00000008).',
  },
  {
    what: 'an MO without an answer',
    ledger: first().mo('t2', { answer: null }).later(13_000).closed(1).mo('t2', afterKill).mt('2 t2', afterKill),
    breaks: '1 MO "t2" had no answer in time.',
  },
  {
    what: 'an acknowledged MO that has no reply',
    ledger: first().mo('t2').kill().mo('t3', afterKill).mt('2 t3', afterKill),
    breaks: '2 MO "t2" was acknowledged and lost.; 4 MO "t3", the 3. of its phone, was counted as the 2.',
  },
  {
    what: 'an MT that answers nothing',
    ledger: first().mt('hello'),
    breaks: '2 MT "hello" answers nothing that was written.',
  },
  {
    what: 'a redelivered MO that counted twice',
    ledger: first().kill().mo('t1', afterKill).mt('2 t1', afterKill).mo('t2', afterKill).mt('3 t2', afterKill),
    breaks: '3 MO "t1" had more than one effect: counts 1, 2.; 3 MO "t1", the 1. of its phone, was counted as the 2.',
  },
  {
    what: 'a step that was written over',
    ledger: first().mo('t2').mt('2 t2').mo('t3').mt('2 t3'),
    breaks: '4 MO "t3", the 3. of its phone, was counted as the 2.',
  },
  {
    what: 'replies in another order than their MOs',
    ledger: first().mo('t2').mo('t3').mt('3 t3').mt('2 t2'),
    breaks: '4 MT "2 t2" left after the answer to the 3. MO.',
  },
  {
    what: 'an MT that came twice on one connection',
    ledger: first().mt('1 t1'),
    account: marked,
    breaks: '5 MT "1 t1" came twice, and its connection had not ended in between.',
  },
  {
    what: 'an MT that came again though it was answered long before the kill',
    ledger: first().later(6_000).kill().mt('1 t1', afterKill).mo('t2', afterKill).mt('2 t2', afterKill),
    account: marked,
    breaks: '5 MT "1 t1" came again long after it was answered.',
  },
  {
    what: 'an MT that came twice and is not marked',
    ledger: first().kill().mt('1 t1', afterKill).mo('t2', afterKill).mt('2 t2', afterKill),
    breaks: '5 MT "1 t1" came twice and is not marked as a possible duplicate.',
  },
  {
    what: 'more second copies than the window holds',
    ledger: first().mo('t2').mt('2 t2').kill().mt('1 t1', afterKill).mt('2 t2', afterKill).mo('t3').mt('3 t3'),
    account: marked,
    breaks: '4 MT "1 t1" left after the answer to the 2. MO.; 5 2 MTs of connection 1 came twice; its window is 1.',
  },
  {
    what: 'nothing after the kill',
    ledger: first().kill(),
    breaks: 'live wrote nothing after the last kill, so nothing is known.',
  },
  {
    what: 'a last MO that is never acknowledged',
    ledger: first().kill().mo('t2', { answer: 0x64, connection: 2 }),
    breaks: 'live MO "t2", the last one, was never acknowledged.',
  },
  {
    what: 'a last MO that is never answered',
    ledger: first().kill().mo('t2', afterKill),
    breaks: '2 MO "t2" was acknowledged and lost.; live MO "t2", the last one, was never answered.',
  },
])('a ledger with $what is found out', ({ ledger, account = unmarked, breaks }) => {
  const found = checkLedger(ledger.lines, account, { windowSize: 1 })
  expect(found.map(({ promise, sentence }) => `${promise} ${sentence}`).join('; ')).toBe(breaks)
})

test('a submit_sm is read by its octets', () => {
  // SMPP 3.4 §4.4.1, written by hand: TON 5 "4040" to TON 1 "36301000001", "1 t1".
  const body = `00 050034303430 00 010133363330313030303030 31 00 00 00 00 00 00 01 00 00 00 04 31207431`
  const octets = Buffer.from(`00000000 00000004 00000000 00000007 ${body}`.replaceAll(' ', ''), 'hex')
  expect(readPdu(octets)).toEqual({
    command: 'submit_sm',
    status: 0,
    sequence: 7,
    message: { from: '4040', to: phone, isReceipt: false, text: '1 t1' },
  })
})
