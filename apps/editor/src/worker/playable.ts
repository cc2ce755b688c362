import { type FlowDocument, parseFlowValue } from '@textloom/core'
import { analyseFlow, isSound } from '@textloom/engine'
import { registry } from '@textloom/nodes'

/** Those of some called flows that can be played; calling one of the others fails, as it does for a contact. */
export function playable(flows: readonly FlowDocument[]): readonly FlowDocument[] {
  return flows.flatMap((flow) => {
    const parsed = parseFlowValue(flow, registry)
    return parsed.ok && isSound(analyseFlow(parsed.flow, registry)) ? [parsed.flow] : []
  })
}
