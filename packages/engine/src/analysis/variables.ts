import { didYouMean, type FlowVariable, type Issue, type ValueType, type VariableUse } from '@textloom/core'
import { expressionReads } from './expressions.ts'
import { soundness } from './issue-codes.ts'
import { type KnownNames, knownNames } from './names.ts'
import type { Check, Subject, SubjectNode } from './subject.ts'
import { templateIssues, variablesOf } from './template-issues.ts'

/** What nodes read and write exists, has the right type, and is not declared for nothing. */
export const checkVariables: Check = (subject) => {
  const names = knownNames(subject)
  const declared = new Map((subject.flow.variables ?? []).map((variable) => [variable.name, variable]))
  return [
    ...subject.nodes.flatMap((node) => [...templatesOf(node, names), ...usesOf(node, declared)]),
    ...unused(subject),
  ]
}

function templatesOf({ id, index, nodeType, data }: SubjectNode, names: KnownNames): readonly Issue[] {
  return (nodeType.templates?.(data) ?? []).flatMap(({ path, template, locals = [] }) =>
    templateIssues(template, { path: `nodes[${index}].data.${path}`, field: path, node: id, locals }, names),
  )
}

function usesOf(
  { id, index, nodeType, data }: SubjectNode,
  declared: ReadonlyMap<string, FlowVariable>,
): readonly Issue[] {
  const place = (path: string) => `nodes[${index}].data.${path}`
  const reads = (nodeType.reads?.(data) ?? []).filter(({ name }) => !declared.has(name))
  const writes = (nodeType.writes?.(data) ?? []).flatMap((use): readonly Issue[] => {
    const variable = declared.get(use.name)
    if (!variable)
      return [soundness('flow/undefined-variable', place(use.path), undeclared('writes', use, declared), id)]
    if (use.canBe?.(variable.type) === false) {
      const message = `What is put into "${use.name}" is never ${aValue[variable.type]}, as which the flow declares it: correct the value, or declare another type.`
      return [soundness('flow/variable-type', place(use.path), message, id)]
    }
    if (use.type === undefined || fits(use.type, variable.type)) return []
    const nouns = `${aValue[use.type]} into "${use.name}", which is declared as ${variable.type}`
    const message = `"${use.path}" puts ${nouns}: declare it as ${use.type}, or use another variable.`
    return [soundness('flow/variable-type', place(use.path), message, id)]
  })
  return [
    ...reads.map((use) =>
      soundness('flow/undefined-variable', place(use.path), undeclared('reads', use, declared), id),
    ),
    ...writes,
  ]
}

const aValue: Readonly<Record<ValueType, string>> = {
  text: 'text',
  number: 'a number',
  boolean: 'true or false',
  json: 'JSON',
}

/** Whether values of a type may go into a variable of a declared type: `json` takes everything. */
function fits(given: ValueType, declared: ValueType): boolean {
  return given === declared || declared === 'json'
}

function undeclared(does: string, { name, path }: VariableUse, declared: ReadonlyMap<string, FlowVariable>): string {
  const meant = didYouMean(name, declared.keys()) || ' Add it to the variables of the flow.'
  return `"${path}" ${does} the variable "${name}", but the flow declares no variable "${name}".${meant}`
}

function unused({ flow, nodes }: Subject): readonly Issue[] {
  const templates = [
    ...nodes.flatMap(({ nodeType, data }) => (nodeType.templates?.(data) ?? []).map(({ template }) => template)),
    ...Object.values(flow.translations ?? {}).flatMap((texts) => Object.values(texts)),
  ]
  const read = [
    ...templates.flatMap((template) => variablesOf(template)),
    ...nodes.flatMap((node) => expressionReads(node).map(({ read }) => read)),
  ].map(({ segments }) => segments)
  // `vars[…]` with a computed name may be any of them.
  if (read.some(([root, name]) => root === 'vars' && name === undefined)) return []
  const used = new Set([
    ...read.filter(([root]) => root === 'vars').map(([, name]) => String(name)),
    ...nodes.flatMap(({ nodeType, data }) =>
      [...(nodeType.reads?.(data) ?? []), ...(nodeType.writes?.(data) ?? [])].map(({ name }) => name),
    ),
  ])
  return (flow.variables ?? []).flatMap(({ name }, index) => {
    if (used.has(name)) return []
    const message = `Nothing reads or writes the variable "${name}": use it as vars.${name}, or remove it.`
    return [soundness('flow/unused-variable', `variables[${index}]`, message)]
  })
}
