import { Worker } from 'node:worker_threads'
import type { Call, Reply, Request, WorkerData } from './pglite-protocol.ts'
import { type Sql, SqlError, type SqlParam } from './sql.ts'

/**
 * PostgreSQL compiled to WebAssembly, in a worker thread. `dataDir` null keeps everything in memory. Takes no lock
 * on its files: two processes on one folder would lose data silently, so `openDatabase` locks the folder first.
 */
export async function openPglite(options: WorkerData): Promise<Sql> {
  const thread = new PgliteThread(options)
  // Surfaces a folder that cannot be opened now rather than at the first statement.
  await thread.ask({ op: 'query', text: 'select 1', params: [] })
  return sqlOver(thread)
}

function sqlOver(thread: PgliteThread): Sql {
  return {
    ...statementsOn(thread),
    transaction: async (work) => {
      const tx = thread.nextTransaction()
      await thread.ask({ op: 'begin', tx })
      try {
        const result = await work({
          ...statementsOn(thread, tx),
          transaction: () => Promise.reject(new Error('A transaction cannot contain another one.')),
          close: () => Promise.reject(new Error('A transaction ends with its function.')),
        })
        await thread.ask({ op: 'commit', tx })
        return result
      } catch (error) {
        await thread.ask({ op: 'rollback', tx }).catch(() => undefined)
        throw error
      }
    },
    listen: (channel, heard) => thread.listen(channel, heard),
    close: () => thread.close(),
  }
}

function statementsOn(thread: PgliteThread, tx?: number): Pick<Sql, 'engine' | 'query' | 'values' | 'script'> {
  const within = tx === undefined ? {} : { tx }
  return {
    engine: 'pglite',
    query: async <Row>(text: string, params: readonly SqlParam[] = []) =>
      (await thread.ask({ op: 'query', text, params, ...within })) as Row[],
    values: async (text, params = []) => (await thread.ask({ op: 'values', text, params, ...within })) as unknown[][],
    script: async (text) => void (await thread.ask({ op: 'script', text, ...within })),
  }
}

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** The thread, its unanswered calls and its listeners. A thread that died is started again by the next call. */
class PgliteThread {
  readonly #data: WorkerData
  readonly #waiting = new Map<number, Waiting>()
  readonly #heard = new Map<string, Set<(payload: string) => void>>()
  #worker: Worker | undefined
  #isClosed = false
  #calls = 0
  #transactions = 0

  constructor(data: WorkerData) {
    this.#data = data
  }

  nextTransaction(): number {
    this.#transactions += 1
    return this.#transactions
  }

  ask(request: Request): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new SqlError('The database is closed.', 'PGLITE_CLOSED'))
    if (this.#worker === undefined) {
      if (this.#calls > 0 && this.#data.dataDir === null) {
        return Promise.reject(new SqlError('PGlite stopped, and what it kept in memory is gone.', 'PGLITE_DIED'))
      }
      this.#worker = this.#start()
      for (const channel of this.#heard.keys()) this.ask({ op: 'listen', channel }).catch(() => undefined)
    }
    const worker = this.#worker
    this.#calls += 1
    const call = this.#calls
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject })
      worker.postMessage({ ...request, call } satisfies Call)
    })
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const hearers = this.#heard.get(channel) ?? new Set()
    hearers.add(heard)
    this.#heard.set(channel, hearers)
    if (hearers.size === 1) await this.ask({ op: 'listen', channel })
    return async () => {
      hearers.delete(heard)
      if (hearers.size === 0 && this.#heard.delete(channel)) await this.ask({ op: 'unlisten', channel })
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    const worker = this.#worker
    if (worker !== undefined) await this.ask({ op: 'close' })
    this.#isClosed = true
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
      workerData: this.#data,
      // Not what this process was started with: `--input-type` or `--eval` would stop a thread that runs a file.
      execArgv: [],
    })
    worker.on('message', (reply: Reply) => this.#receive(reply))
    worker.on('error', (error) => this.#died(worker, error))
    worker.on('exit', () => this.#died(worker, undefined))
    return worker
  }

  #receive(reply: Reply): void {
    if ('heard' in reply) {
      for (const heard of this.#heard.get(reply.heard) ?? []) heard(reply.payload)
      return
    }
    const waiting = this.#waiting.get(reply.call)
    this.#waiting.delete(reply.call)
    if ('failure' in reply) {
      const { message, code, constraint } = reply.failure
      waiting?.reject(new SqlError(message, code, { constraint }))
    } else waiting?.resolve(reply.result)
  }

  #died(worker: Worker, cause: Error | undefined): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    const message = cause === undefined ? 'PGlite stopped.' : `PGlite stopped: ${cause.message}`
    for (const waiting of this.#waiting.values()) waiting.reject(new SqlError(message, 'PGLITE_DIED', { cause }))
    this.#waiting.clear()
  }
}
