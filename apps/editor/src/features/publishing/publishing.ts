import type { Autosave } from '../../document/saving/autosave.ts'
import type { EditorWorker } from '../../worker/start-worker.ts'

/** What publishing needs of the open flow. */
export interface PublishProps {
  readonly worker: EditorWorker
  readonly saving: Autosave
}

/** What was published just now. */
export interface Done {
  readonly revision: number
  readonly channels: readonly string[]
}
