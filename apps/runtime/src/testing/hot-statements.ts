import { expireWaiting } from '../db/hot/expire.ts'
import { findRedelivered } from '../db/hot/find-redelivered.ts'
import { claimHttp } from '../db/hot/http-outbox.ts'
import { lateMts } from '../db/hot/late-questions.ts'
import { renewLeases } from '../db/hot/leases.ts'
import { loadSessions } from '../db/hot/load-sessions.ts'
import { storePart } from '../db/hot/parts.ts'
import { loadPendingStarts } from '../db/hot/pending-starts.ts'
import { forgetReceipts, keepReceipts, matchReceipts } from '../db/hot/receipts.ts'
import { reroute } from '../db/hot/reroute.ts'
import { settleAndClaim } from '../db/hot/settle-and-claim.ts'
import { store } from '../db/hot/store.ts'
import { takeOverSlot } from '../db/hot/take-over.ts'
import { dueSessions } from '../db/hot/timers.ts'
import { unclaimMts } from '../db/hot/unclaim.ts'
import type { Sql } from '../db/sql.ts'
import { batchOf, eventWrite, inboxWrite, NOW, newKey, outboxWrite } from './rows.ts'

/** A hot statement: `call` sends it, with some rows or other. */
export interface HotStatement {
  readonly name: string
  readonly call: (sql: Sql) => Promise<unknown>
}

const key = newKey()
const row = outboxWrite(key, 1, 0)
const slot = { link: 'l', slot: 0, slots: 1, owner: 'us', epoch: 1, settled: [], limit: 10, now: NOW }
const lease = { resource: 'bucket:1', epoch: 1, expiresAt: NOW }
const receipt = { link: 'l', providerId: '1', receipt: {}, at: NOW }
const part = {
  ...key,
  reference: '1',
  sequence: 1,
  total: 2,
  encoding: 'gsm7' as const,
  octetsHex: '00',
  link: 'l',
  messageId: 'mo:1',
  recipient: '4040',
  receivedAt: NOW,
}
const run = { ...key, id: row.id, flowId: 'f', flowRevision: 'r', source: 'mo', startedAt: NOW }
/** A batch with something in each of its lists. */
export const everything = batchOf(key, 1, {
  inbox: [inboxWrite(key, 'mo:1')],
  outbox: [
    row,
    { ...row, n: 1, id: '00000000-0000-7000-8000-000000000002', handOver: { owner: 'us', epoch: 1, settled: [] } },
  ],
  events: [eventWrite(key, 1)],
  runStarts: [run],
  runEnds: [{ ...key, id: '00000000-0000-7000-8000-000000000000', endedAt: NOW, outcome: 'completed', failure: null }],
  settleHttp: [{ ...row, state: 'done', error: null }],
  cancels: [row],
  receipts: [{ ...row, segment: 0, state: 'delivered', error: null, at: NOW }],
  partsDone: [{ ...part, at: NOW }],
  suppressions: [
    { phone: '1', topic: '', change: 'add', channel: null, source: 'keyword', at: NOW },
    { phone: '2', topic: '', change: 'remove', channel: null, source: 'keyword', at: NOW },
  ],
  contacts: [{ phone: '1', at: NOW }],
  pendingStarts: [
    {
      ...key,
      id: row.id,
      flowId: 'f',
      params: {},
      source: 'api',
      node: null,
      text: null,
      message: null,
      requestedAt: NOW,
      expiresAt: NOW,
    },
  ],
  pendingStartsDone: [{ ...key, id: row.id }],
  tickets: [
    {
      ...key,
      id: row.id,
      runId: row.id,
      node: 'n',
      queue: 'q',
      topic: null,
      priority: 'normal',
      note: '',
      openedAt: NOW,
      closed: null,
    },
  ],
  ticketChanges: [
    {
      ...key,
      id: '00000000-0000-7000-8000-000000000001',
      queue: 'q',
      assignee: null,
      assigneeName: null,
      claimedAt: null,
      firstReplyAt: null,
      lastReplyAt: null,
      lastHeardAt: NOW,
      closed: null,
    },
  ],
  trackedLinks: [
    { ...key, token: 't', url: 'u', runId: row.id, node: 'n', flowRevision: 'r', message: row.id, createdAt: NOW },
  ],
  linkOpens: [{ ...key, token: 'o', at: NOW }],
  ticketNotes: [{ ...key, id: row.id, ticket: row.id, text: '', author: 'a', authorName: 'A', at: NOW }],
})

/** Those that address rows by their keys, or by an index of what is due. */
export const lookups: readonly HotStatement[] = [
  { name: 'loadSessions', call: (on) => loadSessions(on, [key]) },
  { name: 'store', call: (on) => store(on, everything) },
  { name: 'findRedelivered', call: (on) => findRedelivered(on, [{ ...key, messageId: 'mo:1' }]) },
  { name: 'settleAndClaim', call: (on) => settleAndClaim(on, slot) },
  {
    name: 'claimHttp of notices',
    call: (on) => claimHttp(on, { owner: 'us', retries: [], limit: 10, now: NOW }, 'notify'),
  },
  { name: 'claimHttp', call: (on) => claimHttp(on, { owner: 'us', retries: [], limit: 10, now: NOW }) },
  { name: 'renewLeases', call: (on) => renewLeases(on, { owner: 'us', leases: [lease], ttlMs: 1 }) },
  { name: 'dueSessions', call: (on) => dueSessions(on, { buckets: [1], now: NOW, limit: 10 }) },
  { name: 'lateMts', call: (on) => lateMts(on, { link: 'l', now: NOW, limit: 1, againAt: NOW, oldAt: NOW }) },
  { name: 'matchReceipts', call: (on) => matchReceipts(on, [receipt]) },
  { name: 'keepReceipts', call: (on) => keepReceipts(on, [receipt]) },
  {
    name: 'forgetReceipts',
    call: (on) =>
      forgetReceipts(on, [
        { ...row, link: 'l', providerId: '1', segment: 0, message: null, run: null, receipts: [{}] },
      ]),
  },
  { name: 'storePart', call: (on) => storePart(on, part, 1) },
  { name: 'loadPendingStarts', call: (on) => loadPendingStarts(on, key) },
]

/** Those that go through all that waits or is on its way. */
export const passes: readonly HotStatement[] = [
  { name: 'takeOverSlot', call: (on) => takeOverSlot(on, { ...slot, policy: 'resend' }) },
  { name: 'unclaimMts', call: (on) => unclaimMts(on, { ...slot, inFlight: [row] }) },
  { name: 'expireWaiting', call: (on) => expireWaiting(on, NOW) },
  { name: 'reroute', call: (on) => reroute(on, { channel: 'c', to: 'l', keep: [] }) },
]

/** The text that `call` would send. */
export async function textOf(call: HotStatement['call']): Promise<string> {
  let sent = ''
  const listening: Pick<Sql, 'engine' | 'query'> = {
    engine: 'server',
    query: async (text) => {
      sent = text
      return []
    },
  }
  await call(listening as Sql)
  return sent
}
