/** How an open flow is looked at. */
export type FlowView = 'canvas' | 'table' | 'translations'

/** What the address says of it; the canvas is not mentioned. */
export interface FlowSearch {
  readonly view?: Exclude<FlowView, 'canvas'>
}

/** Reads the address; what it cannot say is the canvas. */
export function readFlowSearch({ view }: Readonly<Record<string, unknown>>): FlowSearch {
  return view === 'table' || view === 'translations' ? { view } : {}
}
