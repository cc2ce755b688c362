import type { FlowDocument, Issue } from '@textloom/core'
import { ApiError, OfflineError, problemOf } from '../../shared/api/problem.ts'

/** A document as the runtime has it, with the tag that says which version it is. */
export interface StoredFlow {
  readonly document: FlowDocument
  readonly etag: string
  /** The configuration file of the instance declares it, so it cannot be saved here. */
  readonly isDeclared?: boolean
}

/** What became of an attempt to save. */
export type SaveAnswer =
  | { readonly kind: 'saved'; readonly etag: string }
  /** Somebody else has saved since; theirs is what the runtime has now. */
  | { readonly kind: 'conflict'; readonly theirs: StoredFlow }
  /** The runtime does not take the document as it is. */
  | { readonly kind: 'refused'; readonly message: string; readonly issues: readonly Issue[] }
  | { readonly kind: 'offline' }
  /** The runtime does not know any more who asks. */
  | { readonly kind: 'signed-out' }

/** Where documents are kept. */
export interface FlowStorage {
  /** @throws OfflineError, ApiError */
  load(id: string): Promise<StoredFlow>
  /** Puts the canonical text in place of the version that `etag` names. `isLast`: the page is about to close. */
  save(id: string, text: string, etag: string, options?: { isLast?: boolean }): Promise<SaveAnswer>
}

/** Documents in the runtime, by its API. `read` turns a body into a document or throws. */
export function runtimeStorage(read: (body: unknown) => FlowDocument, fetchFlow: typeof fetch): FlowStorage {
  const load = async (id: string): Promise<StoredFlow> => {
    const response = await fetchFlow(pathOf(id)).catch((cause: unknown) => {
      throw new OfflineError(cause)
    })
    if (!response.ok) throw new ApiError(await problemOf(response))
    const { headers } = response
    return {
      document: read(await response.json()),
      etag: headers.get('etag') ?? '',
      isDeclared: headers.get('allow')?.includes('PUT') === false,
    }
  }
  return {
    load,
    async save(id, text, etag, { isLast = false } = {}) {
      try {
        const response = await fetchFlow(pathOf(id), {
          method: 'PUT',
          headers: { 'content-type': 'application/json', 'if-match': etag },
          body: text,
          keepalive: isLast,
        })
        if (response.ok) return { kind: 'saved', etag: response.headers.get('etag') ?? '' }
        // The runtime is there but cannot store just now: that passes, like a lost connection.
        if (response.status >= 500 || response.status === 429) return { kind: 'offline' }
        if (response.status === 401) return { kind: 'signed-out' }
        const problem = await problemOf(response)
        if (problem.code === 'flows/changed') return { kind: 'conflict', theirs: await load(id) }
        const issues = Array.isArray(problem.issues) ? (problem.issues as readonly Issue[]) : []
        return { kind: 'refused', message: problem.detail ?? problem.title, issues }
      } catch {
        return { kind: 'offline' }
      }
    },
  }
}

function pathOf(id: string): string {
  return `/api/v1/flows/${encodeURIComponent(id)}`
}
