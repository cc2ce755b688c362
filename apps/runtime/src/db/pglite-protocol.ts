import type { SqlParam } from './sql.ts'

/** What the main thread asks of the thread that runs PGlite. */
export type Request =
  | {
      readonly op: 'query' | 'values'
      readonly text: string
      readonly params: readonly SqlParam[]
      readonly tx?: number
    }
  | { readonly op: 'script'; readonly text: string; readonly tx?: number }
  | { readonly op: 'begin' | 'commit' | 'rollback'; readonly tx: number }
  | { readonly op: 'listen' | 'unlisten'; readonly channel: string }
  | { readonly op: 'close' }

/** A request with the number its answer carries. */
export type Call = Request & { readonly call: number }

/** What comes back. */
export type Reply =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly failure: Failure }
  | { readonly heard: string; readonly payload: string }

/** A SqlError, as it travels between threads. */
export interface Failure {
  readonly message: string
  readonly code: string
  readonly constraint?: string | undefined
}

/** Where the thread keeps its files; null keeps them in memory. */
export interface WorkerData {
  readonly dataDir: string | null
  /** A dump to start from, gzipped tar, when there are no files yet. */
  readonly template?: Uint8Array
}
