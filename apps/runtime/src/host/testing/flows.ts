import type { FlowDocument, FlowNode, JsonObject } from '@textloom/core'

/** A node and where each of its exits leads. */
type Step = readonly [id: string, type: string, data: JsonObject, exits?: Readonly<Record<string, string>>]

/** A document of a few nodes, written down as a list. */
export function flowOf(id: string, steps: readonly Step[], more: Partial<FlowDocument> = {}): FlowDocument {
  return {
    format: 'textloom/flow@1',
    id,
    name: id,
    languages: { base: 'en' },
    ...more,
    nodes: steps.map(([nodeId, type, data], x): FlowNode => ({ id: nodeId, type, position: { x, y: 0 }, data })),
    edges: steps.flatMap(([source, , , exits = {}]) =>
      Object.entries(exits).map(([sourceHandle, target]) => ({
        id: `${source}-${sourceHandle}`,
        source,
        sourceHandle,
        target,
      })),
    ),
  }
}

const end: Step = ['end', 'end', { outcome: 'completed' }]

/** Greets, asks for yes or no, and says goodbye. */
export function greetingFlow({
  id = 'greeting',
  keyword = 'hello',
  timeout = 'PT1H',
  interrupts = false,
} = {}): FlowDocument {
  return flowOf(
    id,
    [
      ['start', 'keyword', { keywords: [keyword], match: 'exact', interrupts }, { next: 'ask' }],
      [
        'ask',
        'ask',
        { text: 'Shall we? {{ reply.text }}', kind: 'yes-no', variable: 'ok', retries: 1, timeout },
        { yes: 'yes', no: 'no', other: 'no', timeout: 'late' },
      ],
      ['yes', 'message', { text: 'Good.' }, { next: 'end' }],
      ['no', 'message', { text: 'Pity.' }, { next: 'end' }],
      ['late', 'message', { text: 'Too late.' }, { next: 'end' }],
      end,
    ],
    { variables: [{ name: 'ok', type: 'boolean' }] },
  )
}

/** Answers every text with how many there were and what it said, for ever. */
export function echoFlow(id = 'echo'): FlowDocument {
  return flowOf(
    id,
    [
      ['start', 'catch-all', {}, { next: 'count' }],
      ['count', 'set', { variable: 'n', value: '{{ vars.n | plus: 1 }}' }, { next: 'ask' }],
      [
        'ask',
        'ask',
        { text: '{{ vars.n }} {{ reply.text }}', kind: 'text', variable: 'said', retries: 0 },
        { next: 'count' },
      ],
    ],
    {
      variables: [
        { name: 'n', type: 'number', default: 0 },
        { name: 'said', type: 'text' },
      ],
    },
  )
}

/** Says something, waits, and says something else. */
export function waitingFlow(duration: string, id = 'waiting'): FlowDocument {
  return flowOf(id, [
    ['start', 'keyword', { keywords: ['wait'], match: 'exact' }, { next: 'before' }],
    ['before', 'message', { text: 'One moment.' }, { next: 'wait' }],
    ['wait', 'wait', { duration }, { next: 'after' }],
    ['after', 'message', { text: 'Here we are.' }, { next: 'end' }],
    end,
  ])
}

/** Sends several texts at once. */
export function talkativeFlow(texts: readonly string[], id = 'talkative'): FlowDocument {
  return flowOf(id, [
    ['start', 'keyword', { keywords: ['talk'], match: 'exact' }, { next: 'say0' }],
    ...texts.map(
      (text, index): Step => [
        `say${index}`,
        'message',
        { text },
        { next: index + 1 < texts.length ? `say${index + 1}` : 'end' },
      ],
    ),
    end,
  ])
}

/** Sends files with a text, or without one. */
export function picturesFlow(text: string, attachments: readonly string[], id = 'pictures'): FlowDocument {
  return flowOf(id, [
    ['start', 'keyword', { keywords: ['look'], match: 'exact' }, { next: 'say' }],
    ['say', 'message', { text, attachments }, { next: 'end' }],
    end,
  ])
}

/** Asks a server and tells what it said. */
export function askingServerFlow(url: string, { timeout = 'PT30S', retries = 0 } = {}, id = 'server'): FlowDocument {
  return flowOf(
    id,
    [
      ['start', 'keyword', { keywords: ['ask'], match: 'exact' }, { next: 'request' }],
      [
        'request',
        'http',
        {
          method: 'POST',
          url,
          body: { from: '{{ contact.phone }}' },
          map: [{ variable: 'said', path: 'said' }],
          timeout,
          retries,
        },
        { success: 'told', failure: 'failed', timeout: 'slow' },
      ],
      ['told', 'message', { text: 'It said {{ vars.said }}.' }, { next: 'end' }],
      ['failed', 'message', { text: 'It failed.' }, { next: 'end' }],
      ['slow', 'message', { text: 'It was slow.' }, { next: 'end' }],
      end,
    ],
    { variables: [{ name: 'said', type: 'text' }] },
  )
}

/** Says hello, calls another flow, and tells how that ended. */
export function callingFlow(calls: string, id = 'caller'): FlowDocument {
  return flowOf(id, [
    ['start', 'keyword', { keywords: ['call'], match: 'exact' }, { next: 'calling' }],
    ['calling', 'calling', { flow: calls }, { completed: 'back', other: 'failed' }],
    ['back', 'message', { text: 'Back again.' }, { next: 'end' }],
    ['failed', 'message', { text: 'That went wrong.' }, { next: 'end' }],
    end,
  ])
}

/** Brings whoever texts HUMAN to people, and says how that ended. */
export function deskFlow({ queue = 'desk', timeoutMs = 3_600_000, id = 'help' } = {}): FlowDocument {
  return flowOf(id, [
    ['start', 'keyword', { keywords: ['human'], match: 'exact' }, { next: 'desk' }],
    [
      'desk',
      'desk',
      { queue, timeoutMs },
      { resolved: 'done', unavailable: 'nobody', 'outside-hours': 'closed', 'timed-out': 'late' },
    ],
    ['done', 'message', { text: 'Glad we could help.' }, { next: 'end' }],
    ['nobody', 'message', { text: 'Nobody is free.' }, { next: 'end' }],
    ['closed', 'message', { text: 'We are closed.' }, { next: 'end' }],
    ['late', 'message', { text: 'Sorry for the wait.' }, { next: 'end' }],
    end,
  ])
}

/** Begins at one start and does what its other nodes say. */
export function actingFlow(start: [type: string, data?: JsonObject], does: JsonObject, id = 'acting'): FlowDocument {
  return flowOf(id, [['start', start[0], start[1] ?? {}, { next: 'act' }], ['act', 'act', does, { next: 'end' }], end])
}

/** Begins at one start, says a text, and ends. */
export function sayingFlow(start: [type: string, data?: JsonObject], text: string, id = 'saying'): FlowDocument {
  return flowOf(id, [
    ['start', start[0], start[1] ?? {}, { next: 'say' }],
    ['say', 'message', { text }, { next: 'end' }],
    end,
  ])
}

/** Fails at its only node: a variable that is to be a number gets a word. */
export function failingFlow(id = 'failing'): FlowDocument {
  return flowOf(
    id,
    [
      ['start', 'keyword', { keywords: ['fail'], match: 'exact' }, { next: 'set' }],
      ['set', 'set', { variable: 'n', value: 'no number' }, { next: 'end' }],
      end,
    ],
    { variables: [{ name: 'n', type: 'number' }] },
  )
}
