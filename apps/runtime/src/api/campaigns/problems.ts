import type { Campaign } from '../../campaigns/campaign-schema.ts'
import type { CampaignRow, CampaignState } from '../../campaigns/campaigns.ts'
import { Problem } from '../http/problem.ts'

/** @throws Problem where somebody else has changed the draft meanwhile, or no ETag was sent */
export function checkIfMatch(header: string | undefined, row: CampaignRow): void {
  if (header === undefined) {
    const detail = `Send the header If-Match with the ETag that you started from, so that nobody's work is lost; it is ${row.etag} now.`
    throw new Problem('request/precondition', detail, {}, { etag: row.etag })
  }
  const tags = header.split(',').map((tag) => tag.trim())
  if (!tags.includes(row.etag) && !tags.includes('*')) throw changed(row)
}

/** @throws Problem where it was launched already */
export function checkDraft(row: CampaignRow): void {
  if (row.state === 'draft' || row.state === 'requested') return
  throw new Problem(
    'campaigns/not-a-draft',
    `The campaign "${row.definition.name}" is ${row.state}. Copy it to change it.`,
  )
}

/** It is not as the caller knew it; tells how it is now. */
export function changed({ definition, etag, state }: CampaignRow): Problem {
  const detail = `The campaign "${definition.name}" is not as you knew it: it is a ${state} with the ETag ${etag} now. Read it again.`
  return new Problem('campaigns/changed', detail, { current: { etag, definition } }, { etag })
}

/** It cannot be done to a campaign in this state. */
export function wrongState(
  { definition, state }: { definition: Campaign; state: CampaignState },
  wanted: string,
  deed: string,
): Problem {
  return new Problem(
    'campaigns/wrong-state',
    `The campaign "${definition.name}" is ${state}: only what is ${wanted} can be ${deed}.`,
  )
}

/** @throws Problem always */
export function notFound(id: string): never {
  throw new Problem('campaigns/not-found', `There is no campaign ${id}.`)
}
