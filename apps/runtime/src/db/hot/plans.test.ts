import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { everything, lookups, passes, textOf } from '../../testing/hot-statements.ts'
import { type TestServer, testEngines } from '../../testing/test-engines.ts'
import { HOT_PATH } from '../postgres-js.ts'
import type { Sql } from '../sql.ts'
import { store } from './store.ts'

/*
 * Hot statements are planned once per connection, and again after each ANALYZE: on the first day, or after a quiet
 * week, while a table is empty or nearly so and looks as if reading all of it cost nothing. Such a plan would hold
 * until the next ANALYZE, however fast the table grows. So their texts, and the settings of the hot path, must leave
 * the planner no choice but to look rows up.
 */

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

  test.each(lookups)('$name looks every row up', async ({ call }) => {
    expect(await readFromEndToEnd(await textOf(call))).toEqual([])
  })

  test.each(passes)('$name reads no more than what waits or is on its way', async ({ call }) => {
    const read = await readFromEndToEnd(await textOf(call))
    expect(read.filter((scan) => !/using (outbox_open|outbox_queue)$/.test(scan))).toEqual([])
  })
})

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
