import { type FlowDocument, flowFormat } from '@textloom/core'
import { writeTable } from '@textloom/interop/autoresponder'

/** A flow with nothing on its canvas yet. */
export function blankFlow(id: string, name: string): FlowDocument {
  return { format: flowFormat, id, name, languages: { base: 'en' }, nodes: [], edges: [] }
}

/** A flow that answers each of some keywords, to go on from as a table. */
export function replyTable(id: string, name: string): FlowDocument {
  const reply = 'We are open 9 to 5, Monday to Friday.'
  const keywords = [{ id: 'hours', keywords: ['HOURS', 'OPEN'], match: 'any' as const, reply, channels: [] }]
  return writeTable({ keywords, rules: [] }, blankFlow(id, name))
}

/** Another flow that says the same. */
export function copyOf(flow: FlowDocument, id: string, name: string): FlowDocument {
  return { ...flow, id, name }
}

/** The name that a copy gets. */
export function copyName(name: string): string {
  const [, base = name, number] = /^(.*) copy(?: (\d+))?$/.exec(name) ?? []
  if (base === name) return `${name} copy`
  return `${base} copy ${Number(number ?? 1) + 1}`
}
