import { findClashes } from './find-clashes.ts'
import { findProblems } from './find-problems.ts'
import { flowPrices } from './flow-prices.ts'
import { layoutFlow } from './layout.ts'
import { playConversation } from './play-conversation.ts'
import { type Port, serve } from './rpc.ts'
import { runTests } from './run-tests.ts'

const methods = { findClashes, findProblems, flowPrices, layoutFlow, playConversation, runTests }

/** What the editor's worker can be asked for. */
export type WorkerMethods = typeof methods

serve(globalThis as unknown as Port, methods)
