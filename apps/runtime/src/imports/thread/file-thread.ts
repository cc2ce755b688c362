import { Worker } from 'node:worker_threads'
import { FileRefusal } from '../reading/file-refusal.ts'
import type { FileLook, FromThread, StagedBatch, StagingEnd, Task } from './protocol.ts'

/** A file that needs more memory than this ends its thread, and nothing else. */
const memory = { maxOldGenerationSizeMb: 224, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }

/** Whoever reads a file waits for it no longer. */
const LONGEST_LOOK_MS = 60_000

/** Looks at the first rows of a file, in a thread of its own. @throws FileRefusal for what is no table, or is too much */
export async function lookAtFile(task: Task): Promise<FileLook> {
  let look: FileLook | undefined
  await inThread(task, LONGEST_LOOK_MS, async (message) => {
    if ('look' in message) look = message.look
  })
  if (look === undefined) throw new Error('The thread ended without a look at the file.')
  return look
}

/**
 * Reads all rows of a file as contacts, in a thread of its own, no quicker than `store` takes them.
 * @throws FileRefusal as it comes to what cannot be read
 */
export async function stageFile(task: Task, store: (batch: StagedBatch) => Promise<void>): Promise<StagingEnd> {
  let end: StagingEnd | undefined
  await inThread(task, undefined, async (message) => {
    if ('batch' in message) await store(message.batch)
    if ('end' in message) end = message.end
  })
  if (end === undefined) throw new Error('The thread ended before the file did.')
  return end
}

/** Resolves when the thread has ended; each message is handled before the thread goes on. */
function inThread(
  task: Task,
  longestMs: number | undefined,
  heard: (message: FromThread) => Promise<void>,
): Promise<void> {
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: memory,
    // Not what this process was started with: `--input-type` or `--eval` would stop a thread that runs a file.
    execArgv: [],
  })
  return new Promise<void>((resolve, reject) => {
    const timer =
      longestMs === undefined ? undefined : setTimeout(() => finish(new FileRefusal('too-large', tooMuch)), longestMs)
    let pending = Promise.resolve()
    const finish = (error?: unknown) => {
      clearTimeout(timer)
      if (error === undefined) pending.then(resolve, reject)
      else reject(error)
      void worker.terminate()
    }
    worker.on('message', (message: FromThread) => {
      if ('refusal' in message) return finish(new FileRefusal(message.refusal.code, message.refusal.message))
      pending = heard(message).then(() => worker.postMessage('next'))
      pending.catch(finish)
    })
    worker.on('error', (error) => finish(isOutOfMemory(error) ? new FileRefusal('too-large', tooMuch) : error))
    worker.on('exit', () => finish())
  })
}

const tooMuch = 'Reading the file takes more than is given to one: cut it into several, or save it as .csv.'

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
