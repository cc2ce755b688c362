import { type FlowDocument, type Issue, parseFlowValue } from '@textloom/core'
import { analyseFlow } from '@textloom/engine'
import { registry } from '@textloom/nodes'

/** Everything that is not right with a document: its structure first; when that is sound, what it means. */
export function findProblems(document: FlowDocument): readonly Issue[] {
  const parsed = parseFlowValue(document, registry)
  return parsed.ok ? analyseFlow(parsed.flow, registry) : parsed.issues
}
