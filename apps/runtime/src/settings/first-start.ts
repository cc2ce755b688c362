import { readFile } from 'node:fs/promises'
import { type Ids, type NodeRegistry, parseFlow } from '@textloom/core'
import { insertChannel } from '../catalogue/channels.ts'
import { canonical, insertDraft } from '../catalogue/drafts.ts'
import { insertLink } from '../catalogue/links.ts'
import { publish } from '../catalogue/revisions.ts'
import { type Db, inTransaction } from '../db/drizzle.ts'
import { channel, flow, link } from '../db/schema/index.ts'
import type { Sql } from '../db/sql.ts'

/** The channel that a first start makes, and the link it is reached by. */
export const firstChannel = { id: 'loopback', address: 'textloom', link: 'phone' } as const

const example = new URL('../../../../examples/help-menu/flow.json', import.meta.url)

/**
 * Gives a new instance something to talk to: a loopback channel with the help menu published on it. Does nothing where
 * a link, channel or flow exists. Returns the id of the published flow if it did.
 */
export async function prepareFirstStart(
  sql: Sql,
  { nodes, now, ids }: { nodes: NodeRegistry; now: Date; ids: Ids },
  file = example,
): Promise<string | undefined> {
  return inTransaction(sql, async (tx) => {
    if (!(await isEmpty(tx))) return undefined
    const parsed = parseFlow(await readFile(file, 'utf8'), nodes)
    if (!parsed.ok) throw new Error(`The example ${file.pathname} is not a flow: ${parsed.issues[0]?.message}`)
    const made = canonical(parsed.flow, nodes)
    await insertLink(tx, { id: firstChannel.link, kind: 'loopback', config: {} }, 'api', now)
    const { id, address, link: links } = firstChannel
    await insertChannel(tx, { id, address, links: [links], config: {} }, 'api', now)
    await insertDraft(tx, made, 'api', { now, by: null })
    await publish(tx, { flowId: made.id, document: made.document, channels: [id], by: 'first start' }, { now, ids })
    return made.id
  })
}

async function isEmpty(tx: Db): Promise<boolean> {
  const found = await Promise.all([
    tx.select({ id: link.id }).from(link).limit(1),
    tx.select({ id: channel.id }).from(channel).limit(1),
    tx.select({ id: flow.id }).from(flow).limit(1),
  ])
  return found.every((rows) => rows.length === 0)
}
