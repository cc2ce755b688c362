import { expect, test } from 'vitest'
import { rememberedBy, timerWords } from './remembered.ts'

test('a flow remembers what it was given, its variables, and the answers', () => {
  const context = {
    params: { time: '10:00' },
    vars: { more: null, score: 9 },
    results: { score: { value: 9 }, why: { value: 'fast' } },
  }
  expect(rememberedBy({ frames: [{ snapshot: { context } }] })).toEqual([
    { name: 'time', value: '“10:00”', isEmpty: false, from: 'given' },
    { name: 'more', value: 'nothing', isEmpty: true, from: 'variable' },
    { name: 'score', value: '9', isEmpty: false, from: 'answer' },
    { name: 'why', value: '“fast”', isEmpty: false, from: 'answer' },
  ])
})

test.each([{ snapshot: null }, { snapshot: {} }, { snapshot: { frames: [] } }])(
  'of $snapshot nothing is remembered',
  ({ snapshot }) => expect(rememberedBy(snapshot)).toEqual([]),
)

test.each([
  { id: 'session.expiry', says: 'The conversation expires' },
  { id: 'xstate.after.900000.flow.main.try-1', says: '<main> stops waiting' },
  { id: 'xstate.after.900000.flow.main', says: '<main> stops waiting' },
  { id: 'other', says: 'A timer' },
])('the timer "$id" says "$says"', ({ id, says }) => {
  expect(timerWords(id, (node) => `<${node}>`)).toBe(says)
})
