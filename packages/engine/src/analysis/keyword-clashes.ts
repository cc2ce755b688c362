import { type FlowDocument, fold, type Issue, type NodeRegistry } from '@textloom/core'
import { meet, narrower } from './audience.ts'
import { soundness } from './issue-codes.ts'
import { scoreOf, type TextStart, textStartsOf } from './text-starts.ts'

/** A published flow that listens on the same channel. */
export interface Neighbour {
  readonly flow: FlowDocument
  /** Listened here first, and so wins where both fit a text equally well. */
  readonly isFirst: boolean
}

/** A text that two flows of one channel wait for. */
export interface KeywordClash {
  /** The keyword; undefined for any text that no keyword fits. */
  readonly keyword: string | undefined
  /** The node of this flow that waits for it. */
  readonly node: string
  /** Where in this flow it stands, or its node. */
  readonly path: string
  /** Name of the other flow. */
  readonly other: string
  readonly winner: 'mine' | 'other'
}

/** What listens on a channel beside the flow that is to be published there. */
export interface ChannelNeighbours {
  readonly channel: string
  readonly neighbours: readonly Neighbour[]
}

/** Nobody texts this: only what takes any text takes it. */
const anyText = '\u2063'

/**
 * The texts that a flow waits for on a channel and another flow there waits for too, from the same people, and who gets
 * them: as `findStart` decides, by priority, by whom and how strictly each is for, and by who was there first. What goes
 * to the flow it belongs to alone, past a looser rule of the other, surprises nobody and is none; nor is what the start
 * for some groups takes from the one for everybody.
 */
export function keywordClashes(
  mine: FlowDocument,
  { channel, neighbours }: ChannelNeighbours,
  registry: NodeRegistry,
): KeywordClash[] {
  const own = textStartsOf(mine, registry)
  return neighbours.flatMap(({ flow, isFirst }) => {
    const theirs = textStartsOf(flow, registry)
    return candidates(own, theirs).flatMap((word): KeywordClash[] => {
      const my = fitting(own, word, channel)
      const their = my.length === 0 ? [] : fitting(theirs, word, channel)
      for (const mineFits of my) {
        for (const otherFits of their) {
          const winner = surprisingWinner(mineFits, otherFits, { word, isFirst })
          if (winner) return [clashOf(mineFits.start, word, flow.name, winner)]
        }
      }
      return []
    })
  })
}

/** A clash as a sentence; `where` names the channel. */
export function clashWords({ keyword, other, winner }: Omit<KeywordClash, 'node' | 'path'>, where = 'here'): string {
  const what = keyword === undefined ? 'Any other text' : `“${keyword}”`
  return winner === 'other'
    ? `${what} goes to “${other}” ${where}, not to this flow.`
    : `${what} comes to this flow ${where}, not to “${other}”.`
}

/** The clashes of a flow on the channels it is to be published on, as warnings: one for all channels that agree. */
export function analyseKeywordClashes(
  flow: FlowDocument,
  channels: readonly ChannelNeighbours[],
  registry: NodeRegistry,
): Issue[] {
  const where = new Map<string, { clash: KeywordClash; channels: string[] }>()
  for (const each of channels) {
    for (const clash of keywordClashes(flow, each, registry)) {
      const key = JSON.stringify([clash.node, clash.keyword, clash.other, clash.winner])
      const known = where.get(key) ?? { clash, channels: [] }
      known.channels.push(each.channel)
      where.set(key, known)
    }
  }
  return [...where.values()].map(({ clash, channels: on }) => {
    const message = `${clashWords(clash, `on ${on.join(', ')}`)} ${advice(clash)}`
    return soundness('flow/keyword-clash', clash.path, message, clash.node)
  })
}

function advice({ keyword, winner }: KeywordClash): string {
  if (keyword === undefined) return 'Only one flow of a channel can take any other text: take one of the two off it.'
  return winner === 'other'
    ? 'Use another keyword, or give this one a higher priority.'
    : 'If that is not meant, use another keyword.'
}

interface Fit {
  readonly start: TextStart
  readonly score: number
}

/** The starts that a text fits, the best first. */
function fitting(starts: readonly TextStart[], word: string, channel: string): readonly Fit[] {
  return starts
    .map((start) => ({ start, score: scoreOf(start, word, channel) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
}

/** Who gets a word that both starts fit; undefined where they are for different people, or it is as anyone would think. */
function surprisingWinner(
  mine: Fit,
  other: Fit,
  { word, isFirst }: { readonly word: string; readonly isFirst: boolean },
): KeywordClash['winner'] | undefined {
  if (!meet(mine.start, other.start)) return undefined
  const winner = other.score > mine.score || (other.score === mine.score && isFirst) ? 'other' : 'mine'
  const [won, lost] = winner === 'mine' ? [mine.start, other.start] : [other.start, mine.start]
  if (narrower(won, lost) || (has(won, word) && !has(lost, word))) return undefined
  return winner
}

function clashOf(start: TextStart, word: string, other: string, winner: KeywordClash['winner']): KeywordClash {
  const written = start.words.find((each) => fold(each.word) === fold(word))
  return {
    keyword: word === anyText ? undefined : word,
    node: start.node,
    path: written?.path ?? `nodes[${start.index}]`,
    other,
    winner,
  }
}

/** What either flow waits for, each word once; where both write it, as the other does. */
function candidates(own: readonly TextStart[], theirs: readonly TextStart[]): readonly string[] {
  const words = [...own, ...theirs].flatMap((start) => start.words.map(({ word }) => word))
  return [...new Map([...words, anyText].map((word) => [fold(word), word])).values()]
}

function has({ words }: TextStart, word: string): boolean {
  return words.some((one) => fold(one.word) === fold(word))
}
