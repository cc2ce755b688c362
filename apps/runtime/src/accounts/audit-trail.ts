import { createHash } from 'node:crypto'
import { asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { audit, auditHead } from '../db/schema/index.ts'
import { SealError, type SecretBox } from '../settings/secret-box.ts'

/** What is noted about a deed. */
export interface Deed {
  readonly actor: { readonly id: string; readonly label: string }
  readonly action: AuditAction
  /** What it was done to: `user:<id>`, `flow:<id>`, …. */
  readonly subject?: string
  /** Further facts; no secrets, texts or phone numbers. */
  readonly data?: { readonly [fact: string]: string | number | boolean | null | readonly string[] }
  /** Where from; null for the machine itself. */
  readonly address: string | null
}

/** Everything that is noted. */
export type AuditAction =
  | 'user.signed-in'
  | 'user.sign-in-refused'
  | 'user.signed-out'
  | 'user.created'
  | 'user.changed'
  | 'user.reset'
  | 'user.password-set'
  | 'user.password-changed'
  | 'user.password-refused'
  | 'key.created'
  | 'key.revoked'
  | 'webhook.created'
  | 'webhook.changed'
  | 'webhook.rotated'
  | 'webhook.removed'
  | 'flow.published'
  | 'flow.archived'
  | 'flow.restored'
  | 'link.created'
  | 'link.changed'
  | 'link.removed'
  | 'channel.created'
  | 'channel.changed'
  | 'channel.removed'
  | 'campaign.created'
  | 'campaign.changed'
  | 'campaign.removed'
  | 'campaign.requested'
  | 'campaign.launched'
  | 'campaign.paused'
  | 'campaign.resumed'
  | 'campaign.cancelled'
  | 'campaign.exported'
  | 'campaign.rules-changed'
  | 'import.uploaded'
  | 'import.run'
  | 'import.cancelled'
  | 'import.undone'
  | 'import.removed'
  | 'contact.exported'
  | 'queue.created'
  | 'queue.changed'
  | 'queue.removed'
  | 'contact.removed'
  | 'contact.merged'
  | 'contact.erased'
  | 'group.created'
  | 'group.changed'
  | 'group.removed'
  | 'field.created'
  | 'field.changed'
  | 'field.removed'

/** A row of the trail. */
export type AuditRow = Omit<typeof audit.$inferSelect, 'seal'>

/** Where in the trail something was changed or taken away. */
export interface AuditDamage {
  readonly seq: number
  readonly message: string
}

/** Writes the audit trail, and tells whether somebody tampered with it. */
export interface AuditTrail {
  /** Adds a deed, in the caller's transaction: done and noted, or neither. */
  note(tx: Db, deed: Deed): Promise<void>
  /** The first place that is not as it was written; undefined when all is. Reads everything. */
  damage(tx: Db): Promise<AuditDamage | undefined>
}

const PAGE = 500

/** Each row is sealed together with the seal before it, by the instance's secret: no row can be changed or left out. */
export function auditTrail({ box, now }: { readonly box: SecretBox; readonly now: () => number }): AuditTrail {
  function isSealed({ seal, ...row }: typeof audit.$inferSelect, before: string): boolean {
    try {
      return box.open(seal, placeOf(row.seq)) === digestOf(row, before)
    } catch (error) {
      if (error instanceof SealError) return false
      throw error
    }
  }

  return {
    async note(tx, { actor, action, subject = null, data = {}, address }) {
      await tx.insert(auditHead).values({ seq: 0, seal: '' }).onConflictDoNothing()
      // One writer at a time: numbers have no gaps.
      const [head = { seq: 0, seal: '' }] = await tx.select().from(auditHead).for('update')
      const seq = head.seq + 1
      const row = { seq, at: new Date(now()), actor: actor.id, actorName: actor.label, action, subject, data, address }
      const seal = box.seal(digestOf(row, head.seal), placeOf(seq))
      await tx.insert(audit).values({ ...row, seal })
      await tx.update(auditHead).set({ seq, seal }).where(eq(auditHead.isOnly, true))
    },

    async damage(tx) {
      const [head = { seq: 0, seal: '' }] = await tx.select().from(auditHead)
      let last = { seq: 0, seal: '' }
      for (;;) {
        const rows = await tx.select().from(audit).where(gt(audit.seq, last.seq)).orderBy(asc(audit.seq)).limit(PAGE)
        for (const row of rows) {
          const seq = last.seq + 1
          if (row.seq !== seq) return { seq, message: `Row ${seq} of the audit trail is missing.` }
          if (!isSealed(row, last.seal)) return { seq, message: `Row ${seq} of the audit trail was changed.` }
          last = { seq, seal: row.seal }
        }
        if (rows.length === PAGE) continue
        if (last.seq >= head.seq) return undefined
        return { seq: last.seq + 1, message: `Row ${last.seq + 1} of the audit trail is missing.` }
      }
    },
  }
}

/** The newest first, from the one before `before`. */
export async function listAudit(
  tx: Db,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<AuditRow[]> {
  const { seal: _seal, ...columns } = { ...columnsOfAudit }
  const where = before === undefined ? undefined : lt(audit.seq, before)
  return tx.select(columns).from(audit).where(where).orderBy(desc(audit.seq)).limit(limit)
}

const { seq, at, actor, actorName, action, subject, data, address, seal } = audit
const columnsOfAudit = { seq, at, actor, actorName, action, subject, data, address, seal }

function digestOf(row: AuditRow, before: string): string {
  const { seq, at, actor, actorName, action, subject, data, address } = row
  const text = JSON.stringify([before, seq, at.toISOString(), actor, actorName, action, subject, data, address])
  return createHash('sha256').update(text).digest('base64url')
}

function placeOf(seq: number): string {
  return `row ${seq} of the audit trail`
}
