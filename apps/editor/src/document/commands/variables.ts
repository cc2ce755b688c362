import type { FlowNode, FlowVariable, NodeRegistry } from '@textloom/core'
import { readNode, settled } from '../node-reading.ts'
import type { FlowDraft } from './draft.ts'

/**
 * Declares what a node writes and the flow does not declare yet, so that nobody has to do it by hand. When `before` wrote
 * a variable that nothing else touches, its declaration goes along with the new name.
 */
export function declareWritten(draft: FlowDraft, node: FlowNode, registry: NodeRegistry, before?: FlowNode): void {
  const written = writtenBy(node, registry)
  const earlier = before ? writtenBy(before, registry) : []
  const left = earlier.filter(({ name }) => written.every((use) => use.name !== name))
  for (const { name, type } of written) {
    if (draft.variables?.some((variable) => variable.name === name)) continue
    const abandoned = left.find((use) => isOnlyDeclared(draft, use.name, registry))
    const declared = draft.variables?.find((variable) => variable.name === abandoned?.name)
    if (declared) declared.name = name
    else draft.variables = [...(draft.variables ?? []), { name, type: type ?? 'text' }]
  }
  adaptTypes(draft, written, earlier)
}

/** Replaces the declared variables. */
export function setVariables(draft: FlowDraft, variables: readonly FlowVariable[]): void {
  if (variables.length > 0 || draft.variables !== undefined) draft.variables = structuredClone([...variables])
}

interface Written {
  readonly name: string
  readonly type?: FlowVariable['type']
}

/** A question that asks for another kind of answer takes its variable's type along, where nobody else writes it. */
function adaptTypes(draft: FlowDraft, written: readonly Written[], earlier: readonly Written[]): void {
  for (const { name, type } of written) {
    const was = earlier.find((use) => use.name === name)?.type
    const declared = draft.variables?.find((variable) => variable.name === name)
    if (!declared || type === undefined || was === undefined || was === type) continue
    if (declared.type === was && declared.default === undefined) declared.type = type
  }
}

function writtenBy(node: FlowNode, registry: NodeRegistry): readonly Written[] {
  const plain = settled(node)
  const { nodeType } = readNode(plain, registry)
  if (!nodeType?.writes || !nodeType.schema.safeParse(plain.data).success) return []
  return nodeType.writes(plain.data)
}

/** True when a variable stands in the declarations and nowhere else. */
function isOnlyDeclared(draft: FlowDraft, name: string, registry: NodeRegistry): boolean {
  const mention = new RegExp(`\\b${name}\\b`)
  return [...draft.nodes.values()].every((node) => {
    if (writtenBy(node, registry).some((use) => use.name === name)) return false
    return !mention.test(JSON.stringify(node.data))
  })
}
