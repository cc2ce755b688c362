import { type FlowDocument, flowFormat } from '@textloom/core'

/** A flow with nothing on its canvas yet. */
export function blankFlow(id: string, name: string): FlowDocument {
  return { format: flowFormat, id, name, languages: { base: 'en' }, nodes: [], edges: [] }
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
