import type { Clock } from '@textloom/core'
import type { Sql } from '../../db/sql.ts'
import { decideReview, listReviews } from '../../people/consent-reviews.ts'
import type { Submit } from '../submit.ts'
import { Refusal } from './refusal.ts'

/** Texts that may have meant STOP. */
export interface ConsentReviews {
  /**
   * Takes a text for the STOP that it was meant as: one confirmation, then nothing more.
   * @throws Refusal `unknown-review` or `review-decided`, StoreUnavailable
   */
  acceptReview(request: { readonly id: string; readonly actor: string; readonly actorName: string }): Promise<void>
}

export interface ConsentReviewsDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly submit: Submit
}

export function consentReviews({ sql, clock, submit }: ConsentReviewsDeps): ConsentReviews {
  return {
    async acceptReview({ id, actor, actorName }) {
      const [review] = await listReviews(sql, { id, limit: 1 })
      if (review === undefined) throw new Refusal('unknown-review', `There is no text ${id} to review.`)
      if (review.state === 'dismissed') {
        throw new Refusal(
          'review-decided',
          `${review.decidedBy} said that text ${id} was no STOP. Opt the contact out on their page.`,
        )
      }
      const { channel, phone, text, message } = review
      const agent = { id: actor, name: actorName }
      // Asked twice, it is done once: the inbox knows the name.
      await submit({ kind: 'stop', channel, phone, messageId: `review:${id}`, text, message, by: 'agent', agent })
      await decideReview(sql, { id, state: 'accepted', actor, actorName, now: clock.now() })
    },
  }
}
