import { findProblems } from './find-problems.ts'
import { layoutFlow } from './layout.ts'
import { type Port, serve } from './rpc.ts'

const methods = { findProblems, layoutFlow }

/** What the editor's worker can be asked for. */
export type WorkerMethods = typeof methods

serve(globalThis as unknown as Port, methods)
