import { maxDurationMs } from '../duration.ts'
import type { Limits } from '../limit.ts'
import { maxEdges, maxFlowNameLength, maxNodes } from './document.ts'
import { maxFlowOctets } from './parse.ts'
import { maxDepth, maxValues } from './plain-json.ts'

/** The bounds of a flow document. */
export const documentLimits = {
  maxFlowOctets: { value: maxFlowOctets, of: 'octets of a flow document, in UTF-8', error: 'flow/too-large' },
  maxValues: { value: maxValues, of: 'JSON values of a flow document', error: 'flow/schema' },
  maxDepth: { value: maxDepth, of: 'lists and objects in each other', error: 'flow/schema' },
  maxNodes: { value: maxNodes, of: 'nodes of a flow', error: 'flow/schema' },
  maxEdges: { value: maxEdges, of: 'edges of a flow', error: 'flow/schema' },
  maxFlowNameLength: { value: maxFlowNameLength, of: 'characters of the name of a flow', error: 'flow/schema' },
  maxDurationMs: {
    value: maxDurationMs,
    of: 'milliseconds of a wait or of the expiry: a hundred years',
    error: 'flow/schema',
  },
} as const satisfies Limits
