import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, type PGliteOptions, type Transaction, types } from '@electric-sql/pglite'
import type { Call, Failure, Reply, Request, WorkerData } from './pglite-protocol.ts'
import { exactNumber, jsonText, timeText } from './values.ts'

/*
 * The thread that runs PGlite. It answers statements in the order they came; a transaction keeps the others waiting.
 * In a thread of its own because PGlite computes on the thread it runs on and resolves in microtasks: a busy loop of
 * batches on the main thread would starve every socket and timer.
 */

const port = parentPort
if (port === null) throw new Error('pglite-worker runs as a worker thread only')
const { dataDir, template } = workerData as WorkerData

const options: PGliteOptions = {
  parsers: { [types.INT8]: exactNumber, [types.TIMESTAMPTZ]: (text) => new Date(text) },
  serializers: { [types.JSON]: jsonText, [types.JSONB]: jsonText, [types.TIMESTAMPTZ]: timeText },
  ...(template === undefined ? {} : { loadDataDir: new Blob([template.slice()]) }),
}
const database = await PGlite.create(dataDir ?? 'memory://', options)
await database.query(`set time zone 'UTC'`)

/** Open transactions: how to end each. */
const transactions = new Map<
  number,
  { tx: Transaction; end(outcome: 'commit' | 'rollback'): void; done: Promise<void> }
>()
const listeners = new Map<string, () => Promise<void>>()

const perform = async (request: Request): Promise<unknown> => {
  switch (request.op) {
    case 'query':
      return (await on(request.tx).query(request.text, [...request.params])).rows
    case 'values':
      return (await on(request.tx).query(request.text, [...request.params], { rowMode: 'array' })).rows
    case 'script':
      return void (await on(request.tx).exec(request.text))
    case 'begin':
      return begin(request.tx)
    case 'commit':
    case 'rollback': {
      const open = transactions.get(request.tx)
      open?.end(request.op)
      return open?.done
    }
    case 'listen':
      listeners.set(
        request.channel,
        await database.listen(request.channel, (payload) => reply({ heard: request.channel, payload })),
      )
      return undefined
    case 'unlisten':
      return listeners.get(request.channel)?.()
    case 'close':
      return database.close()
  }
}

function on(tx: number | undefined): Transaction | PGlite {
  if (tx === undefined) return database
  const open = transactions.get(tx)
  if (open === undefined) throw new Error(`transaction ${tx} is not open`)
  return open.tx
}

function begin(id: number): Promise<void> {
  return new Promise((begun, failed) => {
    const done = database.transaction(
      (tx) =>
        new Promise<void>((commit, rollback) => {
          const end = (outcome: 'commit' | 'rollback') => (outcome === 'commit' ? commit() : rollback(ROLLED_BACK))
          transactions.set(id, { tx, end, done: settled })
          begun()
        }),
    )
    const settled = done
      .catch((error: unknown) => {
        if (error !== ROLLED_BACK) throw error
      })
      .finally(() => transactions.delete(id))
    settled.catch(failed)
  })
}

const ROLLED_BACK = new Error('rolled back')

function reply(message: Reply): void {
  port?.postMessage(message)
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), code: 'PGLITE_FAILED' }
  const { code, constraint } = error as Error & { code?: string; constraint?: string }
  return { message: error.message, code: code ?? 'PGLITE_FAILED', constraint }
}

port.on('message', ({ call, ...request }: Call) => {
  perform(request as Request).then(
    (result) => reply({ call, result }),
    (error: unknown) => reply({ call, failure: failureOf(error) }),
  )
})
