import { describe, expect, test } from 'vitest'
import { type Happening, journeyOf } from './journey.ts'

const at = '2026-06-15T12:00:00.000Z'
const atMs = Date.parse(at)
const row = (kind: string, data: unknown): Happening => ({ at, kind, data })

describe('the way of a session', () => {
  test('has its steps with the exits they were left by', () => {
    const journey = journeyOf([
      row('session.started', { run: 'r', source: 'mo' }),
      row('session.moved', { path: [{ enter: 'start' }, { exit: 'start', handle: 'next' }, { enter: 'menu' }] }),
      row('session.moved', { path: [{ exit: 'menu', handle: 'other', text: 'maybe' }, { enter: 'menu' }] }),
    ])
    expect(journey).toEqual([
      { kind: 'mark', atMs, says: 'Begun by a text.', tone: 'plain' },
      { kind: 'step', node: 'start', atMs, handle: 'next', deeds: [] },
      { kind: 'step', node: 'menu', atMs, handle: 'other', text: 'maybe', deeds: [] },
      { kind: 'step', node: 'menu', atMs, deeds: [] },
    ])
  })

  test('goes through called flows and back', () => {
    const journey = journeyOf([
      row('session.moved', {
        path: [
          { enter: 'start' },
          { exit: 'start', handle: 'next' },
          { enter: 'call' },
          { enter: 'start', flow: 'rate' },
        ],
      }),
      row('session.moved', {
        path: [
          { exit: 'start', handle: 'next', flow: 'rate' },
          { enter: 'end', flow: 'rate' },
          { exit: 'call', handle: 'next' },
          { enter: 'end' },
        ],
      }),
    ])
    expect(journey).toEqual([
      { kind: 'step', node: 'start', atMs, handle: 'next', deeds: [] },
      { kind: 'step', node: 'call', atMs, handle: 'next', deeds: [] },
      { kind: 'turn', flow: 'rate', atMs, isBack: false },
      { kind: 'step', node: 'start', flow: 'rate', atMs, handle: 'next', deeds: [] },
      { kind: 'step', node: 'end', flow: 'rate', atMs, deeds: [] },
      { kind: 'turn', atMs, isBack: true },
      { kind: 'step', node: 'end', atMs, deeds: [] },
    ])
  })

  test('puts an answer beside the question that asked for it, though it comes later', () => {
    const journey = journeyOf([
      row('session.moved', { path: [{ enter: 'ask' }] }),
      row('http.requested', { node: 'ask', request: 'q1', method: 'POST', host: 'api.example.com', attempt: 2 }),
      row('session.moved', { path: [{ exit: 'ask', handle: 'ok' }, { enter: 'end' }] }),
      row('http.answered', { request: 'q1', status: 503 }),
    ])
    expect(journey[0]).toMatchObject({
      node: 'ask',
      deeds: ['Asked api.example.com (POST), attempt 2', 'It answered 503'],
    })
  })

  test.each([
    { kind: 'mt.queued', data: { segments: 1 }, deed: 'Sent a text' },
    { kind: 'mt.queued', data: { segments: 3 }, deed: 'Sent a text of 3 segments' },
    { kind: 'mt.queued', data: { segments: 1, by: 'agent' }, deed: 'A person sent a text' },
    { kind: 'result', data: { name: 'score', value: 9, category: 'promoter' }, deed: 'Kept score: 9 (promoter)' },
    { kind: 'result', data: { name: 'more', value: false, category: 'no' }, deed: 'Kept more: no' },
    { kind: 'result', data: { name: 'name', value: 'Ada' }, deed: 'Kept name: “Ada”' },
    { kind: 'http.answered', data: { error: 'timeout' }, deed: 'No answer: timeout' },
  ])('$kind of $data is told as "$deed"', ({ kind, data, deed }) => {
    const [step] = journeyOf([row('session.moved', { path: [{ enter: 'a' }] }), row(kind, { ...data, node: 'a' })])
    expect(step).toMatchObject({ deeds: [deed] })
  })

  test.each([
    { kind: 'session.ended', data: { outcome: 'failed' }, says: 'It ended because something failed.', tone: 'bad' },
    { kind: 'session.ended', data: { outcome: 'completed' }, says: 'The conversation came to its end.', tone: 'plain' },
    { kind: 'keyword.heard', data: { keyword: 'stop' }, says: 'The phone said STOP.', tone: 'plain' },
    { kind: 'event.ignored', data: { reason: 'stale' }, says: 'Something came too late to matter.', tone: 'plain' },
  ])('$kind of $data is a mark: "$says"', ({ kind, data, says, tone }) => {
    expect(journeyOf([row(kind, data)])).toEqual([{ kind: 'mark', atMs, says, tone }])
  })

  test.each([{ data: null }, { data: 'x' }, { data: { path: [{ leave: 'x' }] } }])(
    'leaves out what it cannot read: $data',
    ({ data }) => {
      expect(journeyOf([row('session.moved', data), row('unheard.of', data)])).toEqual([])
    },
  )
})
