import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { batchOf, eventWrite, inboxWrite, NOW, newKey, outboxWrite } from '../../testing/rows.ts'
import { type TestServer, testEngines } from '../../testing/test-engines.ts'
import { HOT_PATH } from '../postgres-js.ts'
import type { Sql } from '../sql.ts'
import { expireWaiting } from './expire.ts'
import { findRedelivered } from './find-redelivered.ts'
import { claimHttp } from './http-outbox.ts'
import { lateMts } from './late-questions.ts'
import { renewLeases } from './leases.ts'
import { loadSessions } from './load-sessions.ts'
import { storePart } from './parts.ts'
import { loadPendingStarts } from './pending-starts.ts'
import { forgetReceipts, keepReceipts, matchReceipts } from './receipts.ts'
import { reroute } from './reroute.ts'
import { settleAndClaim } from './settle-and-claim.ts'
import { store } from './store.ts'
import { takeOverSlot } from './take-over.ts'
import { dueSessions } from './timers.ts'
import { unclaimMts } from './unclaim.ts'

/*
 * Hot statements are planned once per connection, and again after each ANALYZE: on the first day, or after a quiet
 * week, while a table is empty or nearly so and looks as if reading all of it cost nothing. Such a plan would hold
 * until the next ANALYZE, however fast the table grows. So their texts, and the settings of the hot path, must leave
 * the planner no choice but to look rows up.
 */

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
const everything = batchOf(key, 1, {
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

let server: TestServer
let sql: Sql
let reason: string | undefined
beforeAll(async () => {
  const [engine] = testEngines
  reason = await engine?.unavailable()
  if (engine === undefined || reason !== undefined) return
  server = await engine.start()
  sql = (await server.database()).sql
}, 60_000)
beforeEach(({ skip }) => {
  if (reason !== undefined) skip(reason)
})
afterAll(() => server?.stop())

const states = [
  { state: 'new tables', prepare: async () => {} },
  { state: 'tables analysed while empty', prepare: () => sql.script('analyze') },
  {
    state: 'tables analysed with a row or two',
    prepare: async () => {
      await store(sql, everything)
      await sql.script('analyze')
    },
  },
]

describe.each(states)('planned on $state', ({ prepare }) => {
  beforeAll(async () => {
    if (reason === undefined) await prepare()
  })

  test.each<{ name: string; call: (sql: Sql) => Promise<unknown> }>([
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
  ])('$name looks every row up', async ({ call }) => {
    expect(await readFromEndToEnd(await textOf(call))).toEqual([])
  })

  test.each<{ name: string; call: (sql: Sql) => Promise<unknown> }>([
    { name: 'takeOverSlot', call: (on) => takeOverSlot(on, { ...slot, policy: 'resend' }) },
    { name: 'unclaimMts', call: (on) => unclaimMts(on, { link: 'l', epoch: 1, inFlight: [row] }) },
    { name: 'expireWaiting', call: (on) => expireWaiting(on, NOW) },
    { name: 'reroute', call: (on) => reroute(on, { channel: 'c', to: 'l', keep: [] }) },
  ])('$name reads no more than what waits or is on its way', async ({ call }) => {
    const read = await readFromEndToEnd(await textOf(call))
    expect(read.filter((scan) => !/using (outbox_open|outbox_queue)$/.test(scan))).toEqual([])
  })
})

/** The statement that `call` would send. */
async function textOf(call: (sql: Sql) => Promise<unknown>): Promise<string> {
  let sent = ''
  const listening: Sql = {
    ...sql,
    query: async (text) => {
      sent = text
      return []
    },
  }
  await call(listening)
  return sent
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly PlanNode[]
}

/** Scans of tables without a condition that an index can be asked. */
async function readFromEndToEnd(text: string): Promise<string[]> {
  const parameters = new Set(text.match(/\$\d+/g)).size
  const plan = await sql.transaction(async (tx) => {
    for (const [name, value] of Object.entries(HOT_PATH)) await tx.script(`set local ${name} = ${value}`)
    await tx.script(`prepare hot as ${text}`)
    const rows = await tx.values(`explain (format json) execute hot(${Array(parameters).fill('null').join(', ')})`)
    await tx.script('deallocate hot')
    return (rows as [[[{ Plan: PlanNode }]]])[0][0][0].Plan
  })
  return scansOf(plan)
    .filter((node) => node['Index Cond'] === undefined)
    .map((node) => `${node['Node Type']} on ${node['Relation Name']} using ${node['Index Name']}`)
}

function scansOf(node: PlanNode): PlanNode[] {
  const isScan = /^(?:Seq|Index|Index Only|Bitmap Index|Tid) Scan$/.test(node['Node Type'])
  return [...(isScan ? [node] : []), ...(node.Plans ?? []).flatMap(scansOf)]
}
