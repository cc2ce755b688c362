import type { Context } from 'hono'
import { type AuditAction, auditTrail, type Deed } from '../../accounts/audit-trail.ts'
import type { Db } from '../../db/drizzle.ts'
import type { ApiEnv } from '../http/env.ts'
import type { ApiServices } from '../services.ts'

/** What is noted beside who asks and where from, which the request tells. */
export interface Noted extends Pick<Deed, 'subject' | 'data'> {
  readonly action: AuditAction
  /** Who did it, where that is not who asks: somebody who is only signing in. */
  readonly actor?: Deed['actor']
}

/** Adds what a request did to the audit trail, in the transaction that does it. */
export type Note = (tx: Db, c: Context<ApiEnv>, noted: Noted) => Promise<void>

export function noting({ box, clock }: Pick<ApiServices, 'box' | 'clock'>): Note {
  const trail = auditTrail({ box, now: () => clock.now() })
  return (tx, c, noted) => {
    // Open routes have no principal.
    const { id, label } = c.get('principal') ?? { id: 'nobody', label: '' }
    return trail.note(tx, { actor: { id, label }, address: c.get('client').address, ...noted })
  }
}
