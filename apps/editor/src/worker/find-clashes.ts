import type { FlowDocument } from '@textloom/core'
import { type ChannelNeighbours, clashWords, keywordClashes } from '@textloom/engine'
import { registry } from '@textloom/nodes'

/** The texts that a flow and what listens on a channel both wait for, each as a sentence that says who gets it. */
export function findClashes(document: FlowDocument, neighbours: ChannelNeighbours): readonly string[] {
  const said = keywordClashes(document, neighbours, registry).map((clash) => clashWords(clash))
  return [...new Set(said)]
}
