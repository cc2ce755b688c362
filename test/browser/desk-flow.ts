import type { FlowDocument } from '@textloom/core'
import { emptyFlow } from './flows.ts'

/** Hands over to a person and says goodbye. */
export const deskFlow: FlowDocument = {
  ...emptyFlow('desk', 'Help desk'),
  nodes: [
    { id: 'start', type: 'keyword', position: { x: 0, y: 0 }, data: { keywords: ['HUMAN'], match: 'exact' } },
    {
      id: 'desk',
      type: 'escalate',
      position: { x: 0, y: 180 },
      data: { queue: 'desk', priority: 'high', note: 'Asks for a person.' },
    },
    { id: 'bye', type: 'message', position: { x: 0, y: 360 }, data: { text: 'Glad we could help.' } },
    { id: 'end', type: 'end', position: { x: 0, y: 540 }, data: { outcome: 'completed' } },
  ],
  edges: [
    ['desk', 'unavailable'],
    ['desk', 'outside-hours'],
    ['bye', 'next'],
  ]
    .map(([source = '', sourceHandle = ''], index) => ({ id: `e${index}`, source, sourceHandle, target: 'end' }))
    .concat([
      { id: 'escalate', source: 'start', sourceHandle: 'next', target: 'desk' },
      { id: 'resolved', source: 'desk', sourceHandle: 'resolved', target: 'bye' },
    ]),
}
