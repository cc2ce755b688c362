import type { Limits } from '@textloom/core'
import { maxAdvisedSegments } from './analysis/text-cost.ts'
import { maxMicrosteps } from './compile.ts'
import { maxExpressionLength } from './expression.ts'
import { maxMemoryCharacters } from './step/memory.ts'
import { maxFlowMoves, maxFrames } from './step/progress.ts'
import { maxMade, maxOutputLength, maxRenderedParts, maxTemplateLength } from './template/liquid.ts'

/** The bounds of checking a flow and of holding a conversation. */
export const engineLimits = {
  maxMicrosteps: { value: maxMicrosteps, of: 'nodes that one step passes without a wait', error: 'engine/runaway' },
  maxFlowMoves: { value: maxFlowMoves, of: 'flows that one step enters and leaves', error: 'engine/runaway' },
  maxFrames: { value: maxFrames, of: 'flows that have called each other and are open', error: 'engine/call' },
  maxMemoryCharacters: {
    value: maxMemoryCharacters,
    of: 'characters that a flow keeps in its variables and results',
    error: 'engine/memory',
  },
  maxTemplateLength: { value: maxTemplateLength, of: 'characters of a template', error: 'flow/template-syntax' },
  maxOutputLength: { value: maxOutputLength, of: 'characters that a template writes', error: 'engine/template' },
  maxRenderedParts: {
    value: maxRenderedParts,
    of: 'tags, outputs and texts that one rendering passes, rounds of loops counted',
    error: 'engine/template',
  },
  maxMade: {
    value: maxMade,
    of: 'characters and entries that the filters of one rendering make',
    error: 'engine/template',
  },
  maxExpressionLength: { value: maxExpressionLength, of: 'characters of an expression', error: 'flow/expression' },
  maxAdvisedSegments: {
    value: maxAdvisedSegments,
    of: 'segments of a text, before it is called long',
    error: 'flow/long-text',
  },
} as const satisfies Limits
