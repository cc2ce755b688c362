import type { FlowDocument } from '@textloom/core'

/**
 * Answers the n-th text of a phone with `<n> <that text>`: the reply tells both which MO it answers and what the session
 * remembers, so that lost, doubled and forgotten steps all show.
 */
export const countingFlow: FlowDocument = {
  format: 'textloom/flow@1',
  id: 'counting',
  name: 'Counting',
  languages: { base: 'en' },
  variables: [
    { name: 'count', type: 'number', default: 0 },
    { name: 'last', type: 'text' },
  ],
  nodes: [
    { id: 'anything', type: 'catch-all', position: { x: 0, y: 0 }, data: {} },
    {
      id: 'count',
      type: 'set',
      position: { x: 0, y: 160 },
      data: { variable: 'count', value: '{{ vars.count | plus: 1 }}' },
    },
    {
      id: 'answer',
      type: 'ask',
      position: { x: 0, y: 320 },
      data: { text: '{{ vars.count }} {{ reply.text }}', kind: 'text', variable: 'last', retries: 0 },
    },
  ],
  edges: [
    { id: 'first', source: 'anything', sourceHandle: 'next', target: 'count' },
    { id: 'counted', source: 'count', sourceHandle: 'next', target: 'answer' },
    { id: 'again', source: 'answer', sourceHandle: 'next', target: 'count' },
  ],
}
