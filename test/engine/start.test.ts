import { compileFlow, findStart, type StartCandidate, startFor } from '@textloom/engine'
import { flowOf, type NodeSketch } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'

const keyword = (keywords: string[], match: string, interrupts?: boolean): NodeSketch => ({
  type: 'keyword',
  data: { keywords, match, ...(interrupts === undefined ? {} : { interrupts }) },
  to: { next: 'end' },
})

const candidates: StartCandidate[] = [
  candidate('anything', { any: { type: 'catch-all', to: { next: 'end' } } }),
  candidate('news', { news: keyword(['news'], 'first'), sport: keyword(['news sport'], 'first', true) }),
  candidate('vote', { vote: keyword(['vote', 'poll'], 'exact'), late: keyword(['vote'], 'any') }),
]

test.each([
  { text: 'VOTE', revision: 'vote', node: 'vote', whenBusy: 'skip' },
  { text: 'Poll!', revision: 'vote', node: 'vote', whenBusy: 'skip' },
  { text: 'i vote blue', revision: 'vote', node: 'late', whenBusy: 'skip' },
  { text: 'news today', revision: 'news', node: 'news', whenBusy: 'skip' },
  { text: 'News sport please', revision: 'news', node: 'sport', whenBusy: 'interrupt' },
  { text: 'hello', revision: 'anything', node: 'any', whenBusy: 'skip' },
  { text: '', revision: 'anything', node: 'any', whenBusy: 'skip' },
])('"$text" starts $revision at $node', ({ text, revision, node, whenBusy }) => {
  expect(findStart(candidates, { text })).toMatchObject({ revision, node, whenBusy })
})

test('a text that nothing fits starts nothing', () => {
  expect(findStart(candidates.slice(1), { text: 'hello' })).toBeNull()
  expect(findStart([], { text: 'hello' })).toBeNull()
})

test('of two that fit alike the first of the list starts', () => {
  const twin = candidate('twin', { vote: keyword(['vote'], 'exact') })
  expect(findStart([twin, ...candidates], { text: 'vote' })?.revision).toBe('twin')
  expect(findStart([...candidates, twin], { text: 'vote' })?.revision).toBe('vote')
})

function candidate(revision: string, nodes: { [id: string]: NodeSketch }): StartCandidate {
  const flow = flowOf({ ...nodes, end: { type: 'end', data: { outcome: 'completed' } } }, { id: revision })
  return { revision, compiled: compileFlow(flow, registry) }
}

describe('the start of a flow for something other than a text', () => {
  const choosy = candidate('choosy', {
    any: { type: 'catch-all', to: { next: 'end' } },
    sales: { type: 'ticket-closed', data: { queues: ['sales'] }, to: { next: 'end' } },
    helped: { type: 'ticket-closed', data: { outcome: 'resolved' }, to: { next: 'end' } },
    asked: { type: 'api-start', to: { next: 'end' } },
  }).compiled

  test.each([
    { kinds: ['api'], happening: undefined, node: 'asked' },
    { kinds: ['call', 'api'], happening: undefined, node: 'asked' },
    { kinds: ['campaign'], happening: undefined, node: 'any' },
    { kinds: ['campaign'], happening: {}, node: undefined },
    { kinds: ['ticket-closed'], happening: { queue: 'Sales', outcome: 'timed-out' }, node: 'sales' },
    { kinds: ['ticket-closed'], happening: { queue: 'help', outcome: 'resolved' }, node: 'helped' },
    { kinds: ['ticket-closed'], happening: { queue: 'help', outcome: 'timed-out' }, node: undefined },
  ] as const)('of the kinds $kinds with $happening is $node', ({ kinds, happening, node }) => {
    expect(startFor(choosy, kinds, happening)?.id).toBe(node)
  })
})
