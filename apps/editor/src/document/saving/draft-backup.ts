/** What was not saved yet, kept in this browser in case the page closes or the connection is gone. */
export interface DraftBackup {
  /** Canonical text of the document. */
  readonly text: string
  /** The version it was made from. */
  readonly etag: string
  /** Canonical text of that version. */
  readonly base: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** The backup of one flow. */
export interface BackupPlace {
  read(): DraftBackup | undefined
  write(draft: DraftBackup): void
  /** Takes away the backup of this very text; another tab's stays. */
  clear(text: string): void
}

/** Keeps the backup of a flow in the browser's storage; when that is full or forbidden there is none. */
export function backupPlace(flowId: string, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): BackupPlace {
  const key = `textloom.draft.${flowId}`
  const read = (): DraftBackup | undefined => {
    try {
      const value: unknown = JSON.parse(storage.getItem(key) ?? 'null')
      return isBackup(value) ? value : undefined
    } catch {
      return undefined
    }
  }
  return {
    read,
    write(draft) {
      try {
        storage.setItem(key, JSON.stringify(draft))
      } catch {
        // Nothing is lost yet: the document is still open.
      }
    },
    clear(text) {
      if (read()?.text === text) storage.removeItem(key)
    },
  }
}

function isBackup(value: unknown): value is DraftBackup {
  if (typeof value !== 'object' || value === null) return false
  const { text, etag, base } = value as Partial<Record<keyof DraftBackup, unknown>>
  return [text, etag, base].every((part) => typeof part === 'string')
}
