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
  /** May it end a running session of another flow? */
  readonly interrupts: boolean
}

/** The start node that fits a text best; of equals the first, in the order of the candidates and their documents. */
export function findStart(candidates: readonly StartCandidate[], text: string): FoundStart | null {
  let best: FoundStart | null = null
  for (const { revision, compiled } of candidates) {
    for (const { id, nodeType, data } of compiled.starts) {
      const score = nodeType.start?.score(data, { text }) ?? 0
      if (score > (best?.score ?? 0)) {
        best = { revision, node: id, score, interrupts: nodeType.start?.interrupts(data) ?? false }
      }
    }
  }
  return best
}
