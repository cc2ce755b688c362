import type { Draft } from '../../catalogue/drafts.ts'
import { Problem } from '../http/problem.ts'

/** @throws Problem 428 when the header is missing, 409 with both versions when the draft is another by now */
export function checkIfMatch(header: string | undefined, draft: Draft, yours: string): void {
  if (header === undefined) {
    const detail = `Send the header If-Match with the ETag that you started from, so that nobody's work is lost; it is ${draft.etag} now.`
    throw new Problem('request/precondition', detail, {}, { etag: draft.etag })
  }
  const tags = header.split(',').map((tag) => tag.trim())
  if (!tags.includes(draft.etag) && !tags.includes('*')) throw changed(draft, yours)
}

/** Both versions, so that they can be laid side by side. */
export function changed({ id, etag, document }: Draft, yours: string): Problem {
  const detail = `The flow "${id}" is not the one you started from. Join both versions and send the result with If-Match ${etag}.`
  const more = { current: { etag, document: JSON.parse(document) }, yours: { document: JSON.parse(yours) } }
  return new Problem('flows/changed', detail, more, { etag })
}

/** @throws Problem when a file declares the flow */
export function checkWritable({ id, source }: Pick<Draft, 'id' | 'source'>): void {
  if (source !== 'config') return
  throw new Problem(
    'config/read-only',
    `The flow "${id}" is declared by TEXTLOOM_CONFIG: change its file and start again.`,
  )
}
