import { type Clock, linkProblem } from '@textloom/core'
import type { Sql } from '../../db/sql.ts'
import type { Submit } from '../submit.ts'

/** Short addresses. */
export interface TrackedLinks {
  /** Where a short address leads; undefined where it leads nowhere. A person's first look is recorded. */
  openLink(token: string, who: 'person' | 'robot'): Promise<string | undefined>
}

export interface TrackedLinksDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly submit: Submit
  /** How long who opens it may be kept waiting until that is stored. */
  readonly patienceMs?: number
}

interface Row {
  readonly channel: string
  readonly phone: string
  readonly url: string
  readonly run_id: string | null
  readonly node: string
  readonly flow_revision: string
  readonly message: string
  readonly opened_at: Date | null
}

const PATIENCE_MS = 1_000

export function trackedLinks({ sql, clock, submit, patienceMs = PATIENCE_MS }: TrackedLinksDeps): TrackedLinks {
  return {
    async openLink(token, who) {
      const rows = await sql.query<Row>(
        `select channel, phone, url, run_id, node, flow_revision, message, opened_at
         from tracked_link where token = $1::text`,
        [token],
      )
      const [link] = rows
      if (link === undefined || linkProblem(link.url) !== undefined) return undefined
      const { channel, phone, url, run_id: run, node, flow_revision: revision, message, opened_at: openedAt } = link
      if (who === 'robot' || openedAt !== null) return url
      const stored = submit({
        kind: 'link',
        channel,
        phone,
        messageId: `link:${token}`,
        token,
        run,
        node,
        revision,
        message,
        at: clock.now(),
      })
      // Whether it could be stored is our affair: the way is open all the same.
      await Promise.race([
        stored.catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, patienceMs).unref()),
      ])
      return url
    },
  }
}
