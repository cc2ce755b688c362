import { readFileSync } from 'node:fs'
import type { FlowDocument } from '@textloom/core'
import { emptyFlow } from './flows.ts'

/** Keyword → menu → two messages → one end. */
export function menuFlow(id: string): FlowDocument {
  return {
    ...emptyFlow(id, 'Help'),
    nodes: [
      { id: 'start', type: 'keyword', position: { x: 160, y: 0 }, data: { keywords: ['HELLO'], match: 'exact' } },
      {
        id: 'menu',
        type: 'menu',
        position: { x: 160, y: 180 },
        data: {
          text: 'What can we do?',
          options: [
            { id: 'hours', label: 'Hours', synonyms: [] },
            { id: 'where', label: 'Where', synonyms: ['place'] },
          ],
          retries: 1,
          timeout: 'PT4H',
        },
      },
      { id: 'open', type: 'message', position: { x: 0, y: 560 }, data: { text: 'Open 9 to 5.' } },
      { id: 'place', type: 'message', position: { x: 320, y: 560 }, data: { text: 'Main Street 1' } },
      { id: 'end', type: 'end', position: { x: 160, y: 760 }, data: { outcome: 'completed' } },
    ],
    edges: [
      ['start', 'next', 'menu'],
      ['menu', 'hours', 'open'],
      ['menu', 'where', 'place'],
      ['menu', 'other', 'end'],
      ['menu', 'timeout', 'end'],
      ['open', 'next', 'end'],
      ['place', 'next', 'end'],
    ].map(([source = '', sourceHandle = '', target = ''], index) => ({
      id: `e${index}`,
      source,
      sourceHandle,
      target,
    })),
  }
}

/** A flow of the folder `examples`, under an id of its own. */
export function exampleFlow(name: string, id: string): FlowDocument {
  const text = readFileSync(new URL(`../../examples/${name}/flow.json`, import.meta.url), 'utf8')
  return { ...(JSON.parse(text) as FlowDocument), id }
}
