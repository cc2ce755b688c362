import type { Issue } from '@textloom/core'
import { checkExpression, expressionVariables } from '../expression.ts'
import type { TemplateVariable } from '../template.ts'
import { soundness } from './issue-codes.ts'
import { type KnownNames, knownNames, whyUnknown } from './names.ts'
import type { Check, SubjectNode } from './subject.ts'

/** Expressions can be read, use names that exist, and put together what goes together. */
export const checkExpressions: Check = (subject) => {
  if (!subject.nodes.some(({ nodeType }) => nodeType.expressions)) return []
  const known = knownNames(subject)
  return subject.nodes.flatMap((node) =>
    (node.nodeType.expressions?.(node.data) ?? []).flatMap(({ path, expression }) =>
      issuesOf(expression, { node, path }, known),
    ),
  )
}

/** The values that the expressions of a node read; none of those that cannot be read. */
export function expressionReads({ nodeType, data }: SubjectNode): readonly { path: string; read: TemplateVariable }[] {
  return (nodeType.expressions?.(data) ?? []).flatMap(({ path, expression }) =>
    readsOf(expression).map((read) => ({ path, read })),
  )
}

function issuesOf(
  expression: string,
  { node: { id, index }, path }: { node: SubjectNode; path: string },
  known: KnownNames,
): readonly Issue[] {
  const place = `nodes[${index}].data.${path}`
  const unknown = new Map<string, string>()
  for (const { segments, line, column } of readsOf(expression)) {
    const why = whyUnknown(segments, known)
    if (why !== undefined) {
      unknown.set(segments.join('.'), `"${path}" uses ${segments.join('.')} (line ${line}, column ${column}), ${why}`)
    }
  }
  if (unknown.size > 0) {
    return [...unknown.values()].map((message) => soundness('flow/undefined-variable', place, message, id))
  }
  return checkExpression(expression, known).map(({ message, start }) =>
    soundness(
      'flow/expression',
      place,
      `"${path}" is no expression that works: ${message} (character ${start + 1})`,
      id,
    ),
  )
}

function readsOf(expression: string): readonly TemplateVariable[] {
  try {
    return expressionVariables(expression)
  } catch {
    // What cannot be read is an issue of its own.
    return []
  }
}
