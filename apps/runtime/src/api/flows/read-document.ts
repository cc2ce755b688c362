import {
  type FlowDocument,
  formatFlow,
  type Issue,
  maxFlowOctets,
  type NodeRegistry,
  type ParsedFlow,
  parseFlow,
  parseFlowValue,
} from '@textloom/core'
import { analyseFlow, isSound } from '@textloom/engine'
import { Problem } from '../http/problem.ts'

/**
 * Reads a flow document that is a request's body.
 * @param mostOctets of its canonical form; another than `maxFlowOctets` for tests
 * @throws Problem with every structural defect
 */
export function readDocument(
  text: string | undefined,
  nodes: NodeRegistry,
  mostOctets: number = maxFlowOctets,
): FlowDocument {
  const flow = accepted(parseFlow(text ?? '', nodes))
  // It is stored in its canonical form, and read again from that: what is written more briefly is no smaller.
  const octets = Buffer.byteLength(formatFlow(flow, nodes))
  if (octets > mostOctets) throw tooLarge(octets, mostOctets)
  return flow
}

/** Reads one document, or a list of them. @throws Problem with every structural defect of the first that has any */
export function readDocuments(text: string | undefined, nodes: NodeRegistry): FlowDocument[] {
  const value = listIn(text ?? '')
  if (value === undefined) return [readDocument(text, nodes)]
  return value.map((one, index) => accepted(parseFlowValue(one, nodes), `Document ${index + 1}: `))
}

/** What the analysis says about a document that may be a draft. */
export function issuesOf(flow: FlowDocument, nodes: NodeRegistry): Issue[] {
  return analyseFlow(flow, nodes)
}

/**
 * What the analysis says about a document that is to be published, together with what the instance says of it.
 * @throws Problem with all issues when one of them stands in the way
 */
export function soundIssuesOf(flow: FlowDocument, nodes: NodeRegistry, ofInstance: readonly Issue[] = []): Issue[] {
  const issues = [...issuesOf(flow, nodes), ...ofInstance]
  if (isSound(issues)) return issues
  const errors = issues.filter(({ severity }) => severity === 'error').length
  throw new Problem('flows/unsound', `${count(errors)} in the way of publishing this flow.`, { issues })
}

function accepted(parsed: ParsedFlow, prefix = ''): FlowDocument {
  if (parsed.ok) return parsed.flow
  const { issues } = parsed
  const [first] = issues
  const others = issues.length > 1 ? ` (1 of ${issues.length} issues)` : ''
  throw new Problem('flows/invalid', `${prefix}${first?.message ?? ''}${others}`, { issues })
}

function tooLarge(octets: number, mostOctets: number): Problem {
  const [has, may] = [octets, mostOctets].map((size) => (size / 1_000_000).toFixed(1).replace('.0', ''))
  const message = `In its canonical form this document has ${has} MB; a flow document has at most ${may} MB.`
  const issue = { code: 'flow/too-large', severity: 'error', kind: 'structure', path: '', message }
  return new Problem('flows/invalid', message, { issues: [issue] })
}

function count(errors: number): string {
  return errors === 1 ? 'One issue stands' : `${errors} issues stand`
}

function listIn(text: string): unknown[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
