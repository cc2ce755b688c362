import type { FlowDocument, FlowEdge, FlowNode } from '@textloom/core'

/** A flow of `size` nodes: questions in a ring, each of which says what the last answer was; silence ends the conversation. */
export function ringOf(size: number): FlowDocument {
  const questions = Array.from({ length: size - 2 }, (_, index) => `q${index}`)
  const position = { x: 0, y: 0 }
  const asking = (id: string, index: number): FlowNode => ({
    id,
    type: 'ask',
    position: { x: (index % 50) * 320, y: Math.floor(index / 50) * 320 },
    data: { text: `${index}: you said {{ vars.said }}`, kind: 'text', variable: 'said', retries: 0, timeout: 'P1D' },
  })
  const edge = (source: string, sourceHandle: string, target: string): FlowEdge => ({
    id: `${source}-${sourceHandle}`,
    source,
    sourceHandle,
    target,
  })
  return {
    format: 'textloom/flow@1',
    id: `ring-${size}`,
    name: `Ring of ${size}`,
    languages: { base: 'en' },
    variables: [{ name: 'said', type: 'text', default: 'nothing' }],
    nodes: [
      { id: 'start', type: 'catch-all', position, data: {} },
      ...questions.map(asking),
      { id: 'end', type: 'end', position, data: { outcome: 'completed' } },
    ],
    edges: [
      edge('start', 'next', 'q0'),
      ...questions.flatMap((id, index) => [
        edge(id, 'next', questions[index + 1] ?? 'q0'),
        edge(id, 'other', questions[index + 1] ?? 'q0'),
        edge(id, 'timeout', 'end'),
      ]),
    ],
  }
}
