import { followNewerApp } from '../shared/parts/load-part.ts'
import type { WorkerMethods } from './editor-worker.ts'
import { type Remote, remote } from './rpc.ts'

/** The editor's worker: what takes long is done there, so that the canvas never waits. */
export interface EditorWorker {
  readonly ask: Remote<WorkerMethods>
  stop(): void
}

/** Starts a worker of its own for one open flow. */
export function startWorker(): EditorWorker {
  const worker = new Worker(new URL('./editor-worker.ts', import.meta.url), { type: 'module', name: 'textloom-editor' })
  // Its file is gone after an update of Textloom, like any other part of the app that was open meanwhile.
  worker.addEventListener('error', () => void followNewerApp(), { once: true })
  return { ask: remote<WorkerMethods>(worker), stop: () => worker.terminate() }
}
