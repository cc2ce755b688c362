import type { AnyNodeType, FlowNode, JsonObject, NodeRegistry, VariableUse } from '@textloom/core'
import type { Draft } from 'immer'
import { readNode, settled } from '../node-reading.ts'
import type { FlowDraft } from './draft.ts'

/** What a name of the flow stands for. */
export type NameKind = 'variable' | 'param'

/** A step that uses a name, and how often it does. */
export interface NameUse {
  readonly node: string
  readonly count: number
}

/**
 * Gives a variable or parameter another name wherever the flow says it: in texts and rules, in steps that write it, in
 * translations and in saved tests. What people wrote outside braces stays.
 */
export function renameName(
  draft: FlowDraft,
  kind: NameKind,
  from: string,
  to: string,
  { registry }: { registry: NodeRegistry },
): void {
  const declared = (kind === 'variable' ? draft.variables : draft.params) ?? []
  const ours = declared.find(({ name }) => name === from)
  if (!ours || from === to || declared.some(({ name }) => name === to)) return
  ours.name = to
  for (const node of draft.nodes.values()) {
    const before = settled(node)
    const places = kind === 'variable' ? namedBy(before, registry, from) : []
    rewriteTexts(node.data as Draft<JsonObject>, rewriter(kind, from, to, codeOf(before, registry)))
    for (const { path } of places) setText(node.data as Draft<JsonObject>, keysOf(path), to)
  }
  for (const texts of Object.values(draft.translations ?? {})) rewriteTexts(texts, rewriter(kind, from, to, inTemplate))
  for (const test of draft.tests ?? []) {
    for (const step of test.steps) {
      if (kind === 'variable' && 'result' in step && step.result.name === from) step.result.name = to
    }
    if (kind === 'param' && test.params && Object.hasOwn(test.params, from)) {
      test.params = Object.fromEntries(
        Object.entries(test.params).map(([key, value]) => [key === from ? to : key, value]),
      )
    }
  }
}

/** The steps that use a variable or parameter, in document order. */
export function usesOfName(
  nodes: readonly FlowNode[],
  kind: NameKind,
  name: string,
  registry: NodeRegistry,
): readonly NameUse[] {
  return nodes.flatMap((node) => {
    const inCode = codeOf(node, registry)
    const read = textsIn(node.data).reduce((sum, text) => sum + mentions(text, kind, name, inCode), 0)
    const count = read + (kind === 'variable' ? namedBy(node, registry, name).length : 0)
    return count === 0 ? [] : [{ node: node.id, count }]
  })
}

type Rewrite = (text: string) => string

/** Changes what is code in a text. */
type InCode = (text: string, change: Rewrite) => string

/** A question keeps its answer as a result of the variable's name, so `results.x` is the same name. */
function pattern(kind: NameKind, name: string): RegExp {
  return new RegExp(`\\b(${kind === 'variable' ? 'vars|results' : 'params'})\\.${name}(?!\\w)`, 'g')
}

function rewriter(kind: NameKind, from: string, to: string, inCode: InCode): Rewrite {
  const name = pattern(kind, from)
  return (text) => inCode(text, (code) => code.replace(name, `$1.${to}`))
}

function mentions(text: string, kind: NameKind, name: string, inCode: InCode): number {
  let count = 0
  inCode(text, (code) => {
    count += code.match(pattern(kind, name))?.length ?? 0
    return code
  })
  return count
}

/** What is code in the texts of a step. */
function codeOf(node: FlowNode, registry: NodeRegistry): InCode {
  const expressions = new Set(
    readable(node, registry)
      ?.expressions?.(node.data)
      .map(({ expression }) => expression),
  )
  return (text, change) => (expressions.has(text) ? inExpression : inTemplate)(text, change)
}

/** Changes an expression, except for the texts that it quotes. */
function inExpression(text: string, change: Rewrite): string {
  return text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"']+/g, (part) =>
    /^["']/.test(part) ? part : change(part),
  )
}

/** Changes what stands in braces, and what is a path as a whole, such as the left side of a rule. */
function inTemplate(text: string, change: Rewrite): string {
  if (/^[a-z]+(?:\.[A-Za-z_]\w*|\[\d+\])+$/.test(text)) return change(text)
  return text.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, change)
}

/** Where a step names a variable outside templates: what it writes, and what it reads by name. */
function namedBy(node: FlowNode, registry: NodeRegistry, name: string): readonly Pick<VariableUse, 'path'>[] {
  const nodeType = readable(node, registry)
  const uses = [...(nodeType?.writes?.(node.data) ?? []), ...(nodeType?.reads?.(node.data) ?? [])]
  // A name alone, which the node type makes a template of.
  const alone = (nodeType?.templates?.(node.data) ?? []).filter(
    ({ path, template }) => node.data[path] === name && mentions(template, 'variable', name, inTemplate) > 0,
  )
  return [...uses.filter((use) => use.name === name), ...alone]
}

/** The type of a step, if its data fit. */
function readable(node: FlowNode, registry: NodeRegistry): AnyNodeType | undefined {
  const { nodeType } = readNode(node, registry)
  return nodeType?.schema.safeParse(node.data).success ? nodeType : undefined
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function rewriteTexts(holder: object, rewrite: Rewrite): void {
  for (const [key, value] of Object.entries(holder)) {
    if (typeof value === 'object' && value !== null) rewriteTexts(value, rewrite)
    if (typeof value === 'string' && rewrite(value) !== value) Reflect.set(holder, key, rewrite(value))
  }
}

/** `map[0].variable` is `['map', '0', 'variable']`. */
function keysOf(path: string): readonly string[] {
  return path.split(/[.[\]]+/).filter((key) => key !== '')
}

function setText(holder: object, [key = '', ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) {
    Reflect.set(holder, key, text)
    return
  }
  const next: unknown = Reflect.get(holder, key)
  if (typeof next === 'object' && next !== null) setText(next, rest, text)
}
