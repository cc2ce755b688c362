import type { Issue } from '@textloom/core'
import { TemplateError, type TemplateVariable, templateVariables } from '../template.ts'
import { soundness } from './issue-codes.ts'
import { type KnownNames, whyUnknown } from './names.ts'

/** Where a template stands. */
export interface TemplatePlace {
  /** Within the document. */
  readonly path: string
  /** As its author knows it: the field within the node. */
  readonly field: string
  readonly node: string
  /** Names that are known here only. */
  readonly locals?: readonly string[]
}

/** The variables of a template that is checked elsewhere; none when it cannot be read. */
export function variablesOf(template: string): readonly TemplateVariable[] {
  try {
    return templateVariables(template)
  } catch (error) {
    if (error instanceof TemplateError) return []
    throw error
  }
}

/** What is wrong with one template: its syntax, or the names it uses, each once. */
export function templateIssues(
  template: string,
  { path, field, node, locals = [] }: TemplatePlace,
  names: KnownNames,
): Issue[] {
  let variables: readonly TemplateVariable[]
  try {
    variables = templateVariables(template)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return [soundness('flow/template-syntax', path, `"${field}" cannot be read as a template. ${error.message}`, node)]
  }
  const complaints = new Map<string, string>()
  for (const { segments, line, column } of variables) {
    const why = locals.includes(String(segments[0])) ? undefined : whyUnknown(segments, names)
    const name = segments.join('.')
    if (why === undefined || complaints.has(name)) continue
    complaints.set(name, `"${field}" uses ${name} (line ${line}, column ${column}), ${why}`)
  }
  return [...complaints.values()].map((message) => soundness('flow/undefined-variable', path, message, node))
}
