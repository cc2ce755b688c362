import { type FlowDocument, type FlowNode, flowFormat } from '@textloom/core'

type Step = readonly [id: string, type: string, x: number, y: number, data: FlowNode['data']]
type Thread = readonly [source: string, handle: string, target: string]

function drawn(steps: readonly Step[], threads: readonly Thread[]): Pick<FlowDocument, 'nodes' | 'edges'> {
  return {
    nodes: steps.map(([id, type, x, y, data]) => ({ id, type, position: { x, y }, data })),
    edges: threads.map(([source, sourceHandle, target], index) => ({ id: `e${index}`, source, sourceHandle, target })),
  }
}

/** Asks how it went; other flows call it. */
export const rateUs: FlowDocument = {
  format: flowFormat,
  id: 'rate-us',
  name: 'How did we do?',
  languages: { base: 'en' },
  ...drawn(
    [
      ['start', 'keyword', 0, 0, { keywords: ['RATE'], match: 'exact' }],
      [
        'rating',
        'csat',
        0,
        160,
        { text: 'How did we do, from 1 (badly) to 5 (very well)?', scale: '1-5', retries: 1, timeout: 'P1D' },
      ],
      ['thanks', 'message', 0, 440, { text: 'Thank you for telling us!' }],
      ['end', 'end', 0, 620, { outcome: 'completed', label: 'Rated' }],
    ],
    [
      ['start', 'next', 'rating'],
      ['rating', 'next', 'thanks'],
      ['rating', 'other', 'end'],
      ['rating', 'timeout', 'end'],
      ['thanks', 'next', 'end'],
    ],
  ),
}

/** Brings those whose order is late to a person, and asks them afterwards how it went. */
export const orderHelp: FlowDocument = {
  format: flowFormat,
  id: 'order-help',
  name: 'Order help',
  languages: { base: 'en' },
  variables: [
    { name: 'name', type: 'text' },
    { name: 'order', type: 'text' },
  ],
  ...drawn(
    [
      ['start', 'keyword', 0, 0, { keywords: ['ORDER'], match: 'exact' }],
      [
        'name',
        'ask',
        0,
        160,
        { text: 'We are sorry something went wrong. What is your name?', kind: 'text', variable: 'name', retries: 0 },
      ],
      ['keep', 'contact-update', 0, 380, { name: '{{ vars.name }}', fields: [] }],
      [
        'order',
        'ask',
        0,
        540,
        { text: 'Thank you, {{ vars.name }}. Which order is it?', kind: 'text', variable: 'order', retries: 0 },
      ],
      [
        'person',
        'escalate',
        0,
        760,
        { queue: 'orders', priority: 'high', note: 'Order {{ vars.order }} of {{ vars.name }}' },
      ],
      ['rate', 'call', 0, 1040, { flow: 'rate-us', map: [] }],
      ['sorry', 'message', 340, 1040, { text: 'Nobody is here just now. We will text you in the morning.' }],
      ['end', 'end', 0, 1260, { outcome: 'completed' }],
    ],
    [
      ['start', 'next', 'name'],
      ['name', 'next', 'keep'],
      ['keep', 'next', 'order'],
      ['order', 'next', 'person'],
      ['person', 'resolved', 'rate'],
      ['person', 'unavailable', 'sorry'],
      ['person', 'outside-hours', 'sorry'],
      ['rate', 'next', 'end'],
      ['rate', 'expired', 'end'],
      ['rate', 'failed', 'end'],
      ['sorry', 'next', 'end'],
    ],
  ),
}
