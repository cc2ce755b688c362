import type { Issue, TemplateField } from '@textloom/core'
import { expressionReads } from './expressions.ts'
import { soundness } from './issue-codes.ts'
import { type KnownNames, knownNames } from './names.ts'
import type { Check, SubjectNode } from './subject.ts'
import { variablesOf } from './template-issues.ts'
import { type TypeOf, typeComplaints } from './template-types.ts'
import { type VariableFlow, variablesAt } from './variable-flow.ts'

/** What nodes use has been set by then, and is of a type that can be used so. */
export const checkVariableFlow: Check = (subject) => {
  const { flow, nodes } = subject
  const names = knownNames(subject)
  const variables = variablesAt(flow, new Map(nodes.map(({ nodeType }) => [nodeType.type, nodeType])))
  const typeOf = typesOf(names)
  return nodes.flatMap((node) => [...unset(node, names, variables), ...misused(node, typeOf)])
}

function unset(node: SubjectNode, names: KnownNames, variables: VariableFlow): readonly Issue[] {
  const uses = [
    ...templatesOf(node).flatMap(({ path, template }) => variablesOf(template).map((read) => ({ path, read }))),
    ...expressionReads(node),
  ]
  const complaints = new Map<string, Issue>()
  for (const { path, read } of uses) {
    const [root, name] = read.segments.map(String)
    if ((root !== 'vars' && root !== 'results') || name === undefined || !names[root].has(name)) continue
    if (variables.canBeSet(root, name, node.id) || complaints.has(`${path} ${root}.${name}`)) continue
    const cure = root === 'vars' ? 'set it on the way, or give it a default.' : 'ask on the way.'
    const message = `"${path}" uses ${root}.${name}, but nothing sets it on any way to here, so it is empty: ${cure}`
    const place = `nodes[${node.index}].data.${path}`
    complaints.set(`${path} ${root}.${name}`, soundness('flow/unset-variable', place, message, node.id))
  }
  return [...complaints.values()]
}

function misused(node: SubjectNode, typeOf: TypeOf): readonly Issue[] {
  return templatesOf(node).flatMap(({ path, template }) =>
    readable(template, () => typeComplaints(template, typeOf)).map((complaint) =>
      soundness('flow/type-misuse', `nodes[${node.index}].data.${path}`, `In "${path}", ${complaint}`, node.id),
    ),
  )
}

function templatesOf({ nodeType, data }: SubjectNode): readonly TemplateField[] {
  return nodeType.templates?.(data) ?? []
}

function readable(template: string, complaints: () => readonly string[]): readonly string[] {
  // Those that cannot be read are an issue already.
  return variablesOf(template).length === 0 ? [] : complaints()
}

function typesOf(names: KnownNames): TypeOf {
  return ([root, name = '', ...rest]) => {
    if (root === 'vars' || root === 'params') return rest.length === 0 ? names[root].get(name) : undefined
    if (root === 'results') {
      if (rest.length !== 1) return undefined
      return rest[0] === 'value' ? names.results.get(name) : rest[0] === 'category' ? 'text' : undefined
    }
    if (root === 'contact') return name === 'groups' || name === 'fields' || rest.length > 0 ? undefined : 'text'
    return root === 'reply' && name === 'text' && rest.length === 0 ? 'text' : undefined
  }
}
