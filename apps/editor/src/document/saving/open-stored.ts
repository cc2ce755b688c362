import { type FlowDocument, formatFlow, type NodeRegistry } from '@textloom/core'
import type { BackupPlace } from './draft-backup.ts'
import type { StoredFlow } from './flow-storage.ts'

/** With what a flow opens. */
export interface Opening {
  readonly document: FlowDocument
  /** The version that the document was made from: an older one than the runtime's when both have moved on. */
  readonly stored: StoredFlow
  /** When the draft was made that was not saved before the page closed last time, epoch milliseconds. */
  readonly restoredFrom?: number
}

/**
 * Decides what a flow opens with: what the runtime has, or a draft that never reached it. A draft made from an older
 * version keeps that version and its tag, so that its first save brings up what others did since for a person to decide.
 */
export function openStored(
  stored: StoredFlow,
  backup: BackupPlace,
  read: (text: string) => FlowDocument | undefined,
  registry: NodeRegistry,
): Opening {
  const draft = backup.read()
  if (!draft) return { document: stored.document, stored }
  const document = read(draft.text)
  const base = read(draft.base)
  const isNothingNew = [draft.base, formatFlow(stored.document, registry)].includes(draft.text)
  if (!document || !base || document.id !== stored.document.id || isNothingNew) {
    backup.clear(draft.text)
    return { document: stored.document, stored }
  }
  return { document, stored: { document: base, etag: draft.etag }, restoredFrom: draft.at }
}
