import type { FlowEdge, FlowNode, JsonObject } from '@textloom/core'
import { type Clip, clipFormat } from '../../document/clip.ts'

/** A first flow to go on from. */
export interface Starter {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly clip: Clip
}

/** What an empty canvas offers. */
export const starters: readonly Starter[] = [
  {
    id: 'keyword-reply',
    title: 'Keyword reply',
    summary: 'Somebody texts a word and gets an answer.',
    clip: clip(
      [
        node('keyword', 0, 0, { keywords: ['INFO'], match: 'exact' }),
        node('message', 0, 180, { text: 'Thanks for asking! We are open 9 to 5, Monday to Friday.' }),
        node('end', 0, 380, { outcome: 'completed' }),
      ],
      ['keyword:next→message', 'message:next→end'],
    ),
  },
  {
    id: 'survey',
    title: 'Survey',
    summary: 'A score, a reason, and a thank you.',
    clip: clip(
      [
        node('keyword', 0, 0, { keywords: ['SURVEY'], match: 'exact' }),
        node('ask', 0, 180, {
          text: 'How was your visit? Reply with a number from 1 (poor) to 5 (great).',
          kind: 'number',
          variable: 'score',
          min: 1,
          max: 5,
          retries: 1,
          retryText: 'Please reply with a number from 1 to 5.',
          timeout: 'P1D',
        }),
        node(
          'ask',
          0,
          480,
          { text: 'What is the main reason?', kind: 'text', variable: 'reason', retries: 0, timeout: 'P1D' },
          'why',
        ),
        node('message', 0, 780, { text: 'Thank you! It helps us do better.' }),
        node('end', 0, 960, { outcome: 'completed' }),
        node('end', 380, 480, { outcome: 'completed', label: 'No score' }, 'no-score'),
      ],
      [
        'keyword:next→ask',
        'ask:next→why',
        'ask:other→no-score',
        'ask:timeout→no-score',
        'why:next→message',
        'why:timeout→end',
        'message:next→end',
      ],
    ),
  },
]

function node(type: string, x: number, y: number, data: JsonObject, id = type): FlowNode {
  return { id, type, position: { x, y }, data }
}

function clip(nodes: readonly FlowNode[], connections: readonly string[]): Clip {
  const edges = connections.map((text, index): FlowEdge => {
    const [, source = '', sourceHandle = '', target = ''] = /^(.+):(.+)→(.+)$/.exec(text) ?? []
    return { id: `edge-${index}`, source, sourceHandle, target }
  })
  return { textloom: clipFormat, nodes, edges, variables: [] }
}
