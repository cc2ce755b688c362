import type { Issue } from '../issue.ts'
import type { JsonObject } from '../json.ts'
import { didYouMean } from '../nearest.ts'
import type { NodeRegistry } from '../node/define-node.ts'
import { type FlowDocument, flowFormat, flowSchema } from './document.ts'
import type { StructureCode } from './issue-codes.ts'
import { inDocumentOrder } from './issue-order.ts'
import { jsonDefect } from './json-defect.ts'
import { formatPath } from './path.ts'
import { isRecord, toPlainJson } from './plain-json.ts'
import { fieldsAt } from './schema-fields.ts'
import { misfits } from './sentences.ts'
import { asDefect, type Defect, structuralDefects } from './structure.ts'
import { withoutTransientFields } from './transient.ts'
import { type FlowVersions, flowVersions, type Upgrade, upgradeFlow } from './versions.ts'

/** The largest flow document, in octets of UTF-8. */
export const maxFlowOctets = 5_000_000

/** Nobody reads further; a document made of nothing but unknown fields would take seconds to compare with all names. */
const maxSuggestions = 200

/** A flow, or everything that is structurally wrong with it. */
export type ParsedFlow =
  | { readonly ok: true; readonly flow: FlowDocument }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/**
 * Reads a flow document. Finds all structural defects at once, each with its node and path, and never throws whatever
 * the text is.
 */
export function parseFlow(text: string, registry: NodeRegistry): ParsedFlow {
  const octets = utf8Octets(text)
  if (octets > maxFlowOctets) {
    const sizes = `${megabytes(octets)} MB; a flow document has at most ${megabytes(maxFlowOctets)} MB`
    return refused('flow/too-large', `This document has ${sizes}.`)
  }
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    const defect = jsonDefect(json)
    if (!defect) throw error
    const { line, column, says } = defect
    return refused('flow/not-json', `This document is not JSON. Line ${line}, column ${column}: ${says}.`)
  }
  return parseFlowValue(value, registry)
}

/**
 * `parseFlow` for a document that is a value already. The value is copied, never changed; one of an older version is
 * brought to this one first. `versions` is for tests.
 */
export function parseFlowValue(
  value: unknown,
  registry: NodeRegistry,
  versions: FlowVersions = flowVersions,
): ParsedFlow {
  const plain = toPlainJson(withoutTransientFields(value))
  if (!isRecord(plain.value)) return refused('flow/schema', 'A flow document must be a JSON object.')
  const upgrade = upgradeFlow(plain.value as JsonObject, versions)
  if (upgrade.kind === 'failed') return refused('flow/schema', failureText(upgrade), 'format')
  const document = upgrade.kind === 'current' ? upgrade.document : plain.value
  const format = formatDefect(document.format)
  // Another kind of file, or one of the future: everything else that could be said about it would mislead.
  if (format && (format.newer || !Array.isArray(document.nodes))) {
    return { ok: false, issues: [asIssue(format, document, registry, 0)] }
  }
  const shape = flowSchema.safeParse(document)
  const defects = [
    ...plain.defects,
    ...(format ? [format] : []),
    ...(shape.success ? [] : misfits(flowSchema, document).map((misfit) => asDefect(misfit))).filter(notFormat),
    ...structuralDefects(document, registry),
  ]
  if (shape.success && defects.length === 0) return { ok: true, flow: shape.data }
  const issues = defects.map((defect, index) => asIssue(defect, document, registry, index))
  return { ok: false, issues: inDocumentOrder(issues) }
}

function failureText({ version, step, why }: Extract<Upgrade, { kind: 'failed' }>): string {
  return `This flow is of version ${version} and cannot be brought to version ${version + 1} (${step.does}): ${why}`
}

function refused(code: StructureCode, message: string, path = ''): ParsedFlow {
  return { ok: false, issues: [{ code, severity: 'error', kind: 'structure', path, message }] }
}

function formatDefect(format: unknown): (Defect & { readonly newer: boolean }) | undefined {
  if (format === flowFormat) return undefined
  const newer = typeof format === 'string' && /^textloom\/flow@\d+$/.test(format)
  let says = `must be "${flowFormat}": this is not a Textloom flow`
  if (format === undefined) says = `is missing: a Textloom flow has "format": "${flowFormat}"`
  if (newer) says = `must be "${flowFormat}": this flow is of another version of Textloom, so open it with that one`
  return { code: 'flow/schema', path: ['format'], says, newer }
}

function notFormat({ path }: Defect): boolean {
  return path[0] !== 'format'
}

function asIssue(defect: Defect, document: Record<string, unknown>, registry: NodeRegistry, index: number): Issue {
  const { code } = defect
  const path = formatPath(defect.path)
  const node = nodeAt(defect, document)
  // A schema's own message may be a whole sentence rather than the end of one.
  const joint = /^["A-Z]/.test(defect.says) ? ': ' : ' '
  const message = `${path}${path === '' ? '' : joint}${defect.says}${index < maxSuggestions ? suggestion(defect, node, registry) : ''}`
  return {
    code,
    severity: 'error',
    kind: 'structure',
    ...(typeof node?.id === 'string' && { node: node.id }),
    path,
    message: message.endsWith('.') || message.endsWith('?') ? message : `${message}.`,
  }
}

/** The node a path leads into: one of `nodes`, or the one an edge leaves. */
function nodeAt({ path }: Defect, document: Record<string, unknown>): Record<string, unknown> | undefined {
  const [section, index] = path
  const list = document[String(section)]
  if (typeof index !== 'number' || !Array.isArray(list)) return undefined
  if (section === 'nodes' && isRecord(list[index])) return list[index]
  if (section !== 'edges' || !Array.isArray(document.nodes)) return undefined
  const source: unknown = isRecord(list[index]) ? list[index].source : undefined
  return document.nodes.find((node) => isRecord(node) && node.id === source)
}

function suggestion(defect: Defect, node: Record<string, unknown> | undefined, registry: NodeRegistry): string {
  if (defect.unknownField === undefined) return ''
  const parent = defect.path.slice(0, -1)
  const data = parent[0] === 'nodes' && parent[2] === 'data' ? registry.get(String(node?.type)) : undefined
  const fields = data ? fieldsAt(data.schema, parent.slice(3)) : fieldsAt(flowSchema, parent)
  const meant = didYouMean(defect.unknownField, fields)
  if (meant !== '') return `.${meant}`
  return fields.length > 0 ? `: known here are ${fields.join(', ')}` : ': nothing is known here'
}

/** Counted without encoding when it cannot matter. */
function utf8Octets(text: string): number {
  return text.length * 3 <= maxFlowOctets ? text.length : new TextEncoder().encode(text).length
}

function megabytes(octets: number): string {
  return (octets / 1_000_000).toFixed(1).replace('.0', '')
}
