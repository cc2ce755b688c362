import type { SimulateInput } from '@textloom/core'
import type { PlayedOutput, PlayedTurn } from '../../../worker/play-conversation.ts'
import { inputSentence, outputSentence } from './sentences.ts'

/** One line of the conversation on the phone. */
export interface Entry {
  readonly key: string
  /** The turn it belongs to: going back to it drops all later ones. */
  readonly turn: number
  readonly at: number
  readonly kind: 'mo' | 'mt' | 'note'
  readonly text: string
  /** Of a text that the flow sent. */
  readonly cost?: { readonly segments: number; readonly encoding: 'gsm7' | 'ucs2' }
  /** The step on the canvas that it came from. */
  readonly node?: string
  /** How a note is to be taken. */
  readonly tone?: 'plain' | 'good' | 'bad'
  /** The note itself says that time passed. */
  readonly isPause?: boolean
}

/**
 * The conversation as the phone shows it. Kept results and waits are the log's; what the contact would not notice stays
 * out, save for what explains why nothing came. Time that passes shows in the times of what it brings.
 */
export function entriesOf(turns: readonly PlayedTurn[]): readonly Entry[] {
  return turns.flatMap(({ input, outputs, now }, turn) => {
    const heard = outputs.flatMap((output, index) => outputEntry(output, turn, index, input))
    if (!input || ('advance' in input && heard.length > 0)) return heard
    const said: Entry = {
      key: `${turn}`,
      turn,
      at: now,
      kind: 'mo' in input ? 'mo' : 'note',
      text: inputSentence(input),
      isPause: 'advance' in input,
    }
    return [said, ...heard]
  })
}

/** The time that passed before each entry when it is long enough to be told, in milliseconds. */
export function gapsOf(entries: readonly Entry[], startedAt: number): ReadonlyMap<string, number> {
  const gaps = entries.map(({ key, at, isPause }, index) => {
    return [key, isPause ? 0 : at - (entries[index - 1]?.at ?? startedAt)] as const
  })
  return new Map(gaps.filter(([, gapMs]) => gapMs >= 60_000))
}

function outputEntry(output: PlayedOutput, turn: number, index: number, input: SimulateInput | undefined): Entry[] {
  const at = Date.parse(output.at)
  const entry = { key: `${turn}.${index}`, turn, at, text: outputSentence(output, input) }
  const isOfCanvas = 'node' in output && output.node !== undefined && output.flow === undefined
  const place = isOfCanvas ? { node: output.node } : {}
  switch (output.type) {
    case 'mt': {
      const { segments, encoding } = output
      return [{ ...entry, kind: 'mt', cost: { segments, encoding }, ...place }]
    }
    case 'ignored':
    case 'contact':
    case 'notify':
    case 'ticket':
    case 'flow':
      return [{ ...entry, kind: 'note', tone: 'plain' }]
    case 'http':
      return [{ ...entry, kind: 'note', tone: 'plain', text: `Asked ${entry.text}` }]
    case 'error':
      return [{ ...entry, kind: 'note', tone: 'bad', ...place }]
    case 'end':
      return [{ ...entry, kind: 'note', tone: output.outcome === 'failed' ? 'bad' : 'good' }]
    default:
      return []
  }
}
