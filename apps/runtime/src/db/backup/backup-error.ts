/** Why a backup or restore is refused: a sentence that ends with what to do. A refused restore changed nothing. */
export class BackupError extends Error {
  /** `file`: the backup is at fault. `database`: it is not one to back up, or not one to restore into. */
  readonly fault: 'file' | 'database'

  constructor(fault: BackupError['fault'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'BackupError'
    this.fault = fault
  }
}
