import { type FlowDocument, fold, type NodeRegistry } from '@textloom/core'

/** A flow that listens on the same channel. */
export interface Neighbour {
  readonly flow: FlowDocument
  /** Listened here first, and so wins where both fit a text equally well. */
  readonly isFirst: boolean
}

/** A text that two flows of one channel wait for. */
export interface Clash {
  /** The keyword; undefined for any text that no keyword fits. */
  readonly keyword: string | undefined
  /** Name of the other flow. */
  readonly other: string
  readonly winner: 'mine' | 'other'
}

/** Nobody texts this: only what takes any text takes it. */
const anyText = '\u2063'

/** The keywords of one flow that another flow of the channel waits for too, and who gets them. */
export function keywordClashes(mine: FlowDocument, neighbours: readonly Neighbour[], registry: NodeRegistry): Clash[] {
  return neighbours.flatMap(({ flow: other, isFirst }) => {
    const own = keywordsOf(mine)
    const theirs = keywordsOf(other)
    return [...new Map([...own, ...theirs, anyText].map((word) => [fold(word), word])).values()].flatMap(
      (word): Clash[] => {
        const my = scoreOf(mine, word, registry)
        const their = scoreOf(other, word, registry)
        if (my === 0 || their === 0) return []
        const winner = their > my || (their === my && isFirst) ? 'other' : 'mine'
        // A keyword that goes to the flow it belongs to alone, past a looser rule of the other, surprises nobody.
        const isOurs = includes(own, word)
        const isTheirs = includes(theirs, word)
        if (isOurs !== isTheirs && (isOurs ? winner === 'mine' : winner === 'other')) return []
        return [{ keyword: word === anyText ? undefined : word, other: other.name, winner }]
      },
    )
  })
}

/** A clash as a sentence. */
export function clashWords({ keyword, other, winner }: Clash): string {
  const what = keyword === undefined ? 'Any other text' : `“${keyword}”`
  return winner === 'other'
    ? `${what} goes to “${other}” here, not to this flow.`
    : `${what} comes to this flow here, not to “${other}”.`
}

/** Every keyword that starts a flow, as it is written. */
export function keywordsOf(flow: FlowDocument): string[] {
  return flow.nodes.flatMap(({ type, data }) =>
    type === 'keyword' && Array.isArray(data.keywords)
      ? data.keywords.filter((word): word is string => typeof word === 'string' && word.trim() !== '')
      : [],
  )
}

function scoreOf(flow: FlowDocument, text: string, registry: NodeRegistry): number {
  return Math.max(0, ...flow.nodes.map(({ type, data }) => registry.get(type)?.start?.score?.(data, { text }) ?? 0))
}

function includes(words: readonly string[], word: string): boolean {
  return words.some((one) => fold(one) === fold(word))
}
