import { type FlowDocument, parseFlowValue } from '@textloom/core'
import { type FlowCost, flowCosts } from '@textloom/engine'
import { registry } from '@textloom/nodes'

/** What a conversation with the flow costs in each of its languages; none while the flow cannot be read or never ends. */
export function flowPrices(document: FlowDocument): readonly FlowCost[] {
  const parsed = parseFlowValue(document, registry)
  return parsed.ok ? flowCosts(parsed.flow, registry) : []
}
