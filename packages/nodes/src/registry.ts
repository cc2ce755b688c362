import { nodeRegistry } from '@textloom/core'
import { ask } from './ask/index.ts'
import { catchAll } from './catch-all/index.ts'
import { end } from './end/index.ts'
import { http } from './http/index.ts'
import { keyword } from './keyword/index.ts'
import { menu } from './menu/index.ts'
import { message } from './message/index.ts'
import { set } from './set/index.ts'
import { split } from './split/index.ts'
import { wait } from './wait/index.ts'

/** Every node type, in the order of the palette. */
export const nodeTypes = [keyword, catchAll, message, ask, menu, wait, split, set, http, end] as const

/** What compiler, analysis, simulator and editor are handed. */
export const registry = nodeRegistry(nodeTypes)
