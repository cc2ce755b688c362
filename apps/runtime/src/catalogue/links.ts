import { asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { channel, link } from '../db/schema/index.ts'
import type { LinkConfig } from './link-secrets.ts'
import type { Provenance } from './provenance.ts'

/** A link as its row has it: secrets in `config` are sealed. */
export interface LinkRow {
  readonly id: string
  readonly kind: string
  readonly config: LinkConfig
  readonly source: Provenance
  readonly isEnabled: boolean
}

/** What may be said about a link. */
export type LinkValues = Pick<LinkRow, 'id' | 'kind' | 'config'>

/** Disabled links are found too. */
export async function findLink(tx: Db, id: string): Promise<LinkRow | undefined> {
  return (await tx.select().from(link).where(eq(link.id, id))).map(asLink)[0]
}

/** Links in the order of their ids, from the one after `after`. */
export async function listLinks(
  tx: Db,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<LinkRow[]> {
  const where = after === undefined ? undefined : gt(link.id, after)
  return (await tx.select().from(link).where(where).orderBy(asc(link.id)).limit(limit)).map(asLink)
}

/** Which of these ids are links that may be used. */
export async function knownLinks(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await tx
    .select({ id: link.id })
    .from(link)
    .where(inArray(link.id, [...ids]))
  return new Set(found.map(({ id }) => id))
}

/** Stores a new link; false when its id is taken. */
export async function insertLink(tx: Db, values: LinkValues, source: Provenance, now: Date): Promise<boolean> {
  const inserted = await tx
    .insert(link)
    .values({ ...values, source, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: link.id })
  return inserted.length > 0
}

/** Replaces what is said about a link, and switches it on or off. */
export async function replaceLink(
  tx: Db,
  { id, ...values }: LinkValues & { readonly isEnabled: boolean; readonly source?: Provenance },
  now: Date,
): Promise<void> {
  await tx
    .update(link)
    .set({ ...values, updatedAt: now })
    .where(eq(link.id, id))
}

export async function deleteLink(tx: Db, id: string): Promise<void> {
  await tx.delete(link).where(eq(link.id, id))
}

/** The channels, enabled or not, that are reached by a link. */
export async function channelsOnLink(tx: Db, id: string): Promise<string[]> {
  const found = await tx
    .select({ id: channel.id })
    .from(channel)
    .where(sql`${channel.links}::jsonb ? ${id}`)
    .orderBy(asc(channel.id))
  return found.map((row) => row.id)
}

function asLink(row: typeof link.$inferSelect): LinkRow {
  const { id, kind, config, source, isEnabled } = row
  return { id, kind, config: config as LinkConfig, source: source as Provenance, isEnabled }
}
