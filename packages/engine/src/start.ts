import type { Happening, StartKind, StartText, WhenBusy } from '@textloom/core'
import type { CompiledNode } from './compile/compile-node.ts'
import type { CompiledFlow } from './compile.ts'

/** A published flow that a text may start. */
export interface StartCandidate {
  readonly revision: string
  readonly compiled: CompiledFlow
}

/** Where a text starts. */
export interface FoundStart {
  readonly revision: string
  readonly node: string
  readonly score: number
  /** What happens when a session of another flow runs. */
  readonly whenBusy: WhenBusy
}

/** The start node that fits a text best; of equals the first, in the order of the candidates and their documents. */
export function findStart(candidates: readonly StartCandidate[], mo: StartText): FoundStart | null {
  let best: FoundStart | null = null
  for (const { revision, compiled } of candidates) {
    for (const { id, nodeType, data, variants } of compiled.starts) {
      const score = Math.max(0, ...variants.map((variant) => nodeType.start?.score?.(variant, mo) ?? 0))
      if (score > (best?.score ?? 0)) {
        best = { revision, node: id, score, whenBusy: nodeType.start?.whenBusy(data) ?? 'skip' }
      }
    }
  }
  return best
}

/**
 * The start of a flow for something other than a text: the first of the kinds asked for, in their order, else any. With
 * what happened, only a start that waits for it.
 */
export function startFor(
  { starts }: CompiledFlow,
  kinds: readonly StartKind[],
  happening?: Happening,
): CompiledNode | undefined {
  const fitting = kinds.flatMap((kind) => starts.filter(({ nodeType }) => nodeType.start?.on === kind))
  if (!happening) return fitting[0] ?? starts[0]
  return fitting.find(({ nodeType, data }) => nodeType.start?.wants?.(data, happening) ?? true)
}
