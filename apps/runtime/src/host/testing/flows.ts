import type { FlowDocument } from '@textloom/core'

/** A flow that greets, asks for yes or no, and says goodbye: every way a session can move in three nodes. */
export function greetingFlow({ id = 'greeting', keyword = 'hello', timeout = 'PT1H' } = {}): FlowDocument {
  const at = (x: number) => ({ x, y: 0 })
  return {
    format: 'textloom/flow@1',
    id,
    name: id,
    languages: { base: 'en' },
    variables: [{ name: 'ok', type: 'boolean' }],
    nodes: [
      { id: 'start', type: 'keyword', position: at(0), data: { keywords: [keyword], match: 'exact' } },
      {
        id: 'ask',
        type: 'ask',
        position: at(1),
        data: { text: 'Shall we? {{ reply.text }}', kind: 'yes-no', variable: 'ok', retries: 1, timeout },
      },
      { id: 'yes', type: 'message', position: at(2), data: { text: 'Good.' } },
      { id: 'no', type: 'message', position: at(3), data: { text: 'Pity.' } },
      { id: 'late', type: 'message', position: at(4), data: { text: 'Too late.' } },
      { id: 'end', type: 'end', position: at(5), data: { outcome: 'completed' } },
    ],
    edges: [
      { id: 'e1', source: 'start', sourceHandle: 'next', target: 'ask' },
      { id: 'e2', source: 'ask', sourceHandle: 'yes', target: 'yes' },
      { id: 'e3', source: 'ask', sourceHandle: 'no', target: 'no' },
      { id: 'e4', source: 'ask', sourceHandle: 'other', target: 'no' },
      { id: 'e5', source: 'ask', sourceHandle: 'timeout', target: 'late' },
      { id: 'e6', source: 'yes', sourceHandle: 'next', target: 'end' },
      { id: 'e7', source: 'no', sourceHandle: 'next', target: 'end' },
      { id: 'e8', source: 'late', sourceHandle: 'next', target: 'end' },
    ],
  }
}
