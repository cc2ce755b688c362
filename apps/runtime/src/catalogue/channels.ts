import { asc, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { channel, flowChannel } from '../db/schema/index.ts'
import { channelConfigSchema } from '../host/channel-config.ts'
import type { ChannelValues } from './channel-schema.ts'
import type { Provenance } from './provenance.ts'

/** A channel as its row has it. */
export interface ChannelRow extends ChannelValues {
  readonly source: Provenance
  readonly isEnabled: boolean
}

/** Disabled channels are found too. */
export async function findChannel(tx: Db, id: string): Promise<ChannelRow | undefined> {
  return (await tx.select().from(channel).where(eq(channel.id, id))).map(asChannel)[0]
}

/** Channels in the order of their ids, from the one after `after`. */
export async function listChannels(
  tx: Db,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<ChannelRow[]> {
  const where = after === undefined ? undefined : gt(channel.id, after)
  return (await tx.select().from(channel).where(where).orderBy(asc(channel.id)).limit(limit)).map(asChannel)
}

/** Which of these ids are channels that are switched on. */
export async function knownChannels(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await tx
    .select()
    .from(channel)
    .where(inArray(channel.id, [...ids]))
  return new Set(found.filter(({ isEnabled }) => isEnabled).map(({ id }) => id))
}

/** Stores a new channel; false when its id is taken. */
export async function insertChannel(tx: Db, values: ChannelValues, source: Provenance, now: Date): Promise<boolean> {
  const inserted = await tx
    .insert(channel)
    .values({ ...values, source, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: channel.id })
  return inserted.length > 0
}

/** Replaces what is said about a channel, and switches it on or off. */
export async function replaceChannel(
  tx: Db,
  { id, ...values }: ChannelValues & { readonly isEnabled: boolean; readonly source?: Provenance },
  now: Date,
): Promise<void> {
  await tx
    .update(channel)
    .set({ ...values, updatedAt: now })
    .where(eq(channel.id, id))
}

/** Deletes a channel and takes every flow off it; what was said on it is kept. */
export async function deleteChannel(tx: Db, id: string): Promise<void> {
  await tx.delete(flowChannel).where(eq(flowChannel.channel, id))
  await tx.delete(channel).where(eq(channel.id, id))
}

function asChannel(row: typeof channel.$inferSelect): ChannelRow {
  const { id, address, links, config, source, isEnabled } = row
  return {
    id,
    address,
    links: links as string[],
    config: channelConfigSchema.parse(config),
    source: source as Provenance,
    isEnabled,
  }
}
