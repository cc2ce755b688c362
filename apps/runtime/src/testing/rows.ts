import { uuidv7 } from 'uuidv7'
import type {
  EventWrite,
  InboxWrite,
  OutboxKey,
  OutboxWrite,
  SessionKey,
  SessionWrite,
  StoreBatch,
  Stored,
} from '../db/hot/types.ts'

/** The present of tests: a moment with milliseconds, so that lost ones show. */
export const NOW = Date.parse('2026-03-04T05:06:07.089Z')

/** What a store answers that claimed nothing. */
export const STORED: Stored = { handedOver: [] }

let phones = 0

/** A partner nobody else in this file has. */
export function newKey(channel = '4040'): SessionKey {
  phones += 1
  return { channel, phone: `+1555${String(phones).padStart(7, '0')}` }
}

/** A session as `rev` leaves it. */
export function sessionWrite(key: SessionKey, rev: number, changes: Partial<SessionWrite> = {}): SessionWrite {
  return { ...key, rev, runId: null, state: null, timers: [], pending: [], updatedAt: NOW, ...changes }
}

/** An MO of `key`. */
export function inboxWrite(key: SessionKey, messageId: string, changes: Partial<InboxWrite> = {}): InboxWrite {
  return {
    ...key,
    messageId,
    id: uuidv7(),
    kind: 'mo',
    link: 'smsc-a',
    body: { text: 'YES', to: key.channel },
    at: NOW,
    outcome: 'transition',
    runId: null,
    ...changes,
  }
}

/** An MT to `key`, due now. */
export function outboxWrite(key: SessionKey, rev: number, n: number, changes: Partial<OutboxWrite> = {}): OutboxWrite {
  return {
    ...key,
    rev,
    n,
    id: uuidv7(),
    kind: 'sms',
    link: 'smsc-a',
    source: 'flow',
    runId: null,
    segments: 1,
    priority: 1,
    payload: { text: `${rev}/${n}`, from: key.channel },
    topic: '',
    isConsent: false,
    createdAt: NOW,
    dueAt: NOW,
    expiresAt: null,
    ...changes,
  }
}

/** Something that happened to `key`. */
export function eventWrite(key: SessionKey, rev: number, n = 0, changes: Partial<EventWrite> = {}): EventWrite {
  return { ...key, rev, n, at: NOW, kind: 'mo.received', data: {}, ...changes }
}

/** A batch that only moves `key` to `rev`, with what else is given. */
export function batchOf(key: SessionKey, rev: number, rest: Partial<StoreBatch> = {}): StoreBatch {
  return { sessions: [sessionWrite(key, rev)], ...rest }
}

/** Only the key of something that carries more. */
export function keyOf({ channel, phone, rev, n }: OutboxKey): OutboxKey {
  return { channel, phone, rev, n }
}
