import { expect, test } from 'vitest'
import { kindWords, reasonWords, retryWords } from './reason-words.ts'

test.each([
  { reason: 'no-flow', detail: 'No flow on channel "4040" …', title: 'No flow begins with this text' },
  { reason: 'sql:22P05', detail: 'bad', title: 'The database would not store it' },
  { reason: 'engine/node-failed', detail: 'Node "a" failed: x', title: 'Node "a" failed: x' },
  { reason: 'engine/runaway', detail: 'x', title: 'The flow went round in a circle without waiting' },
  { reason: 'unheard-of', detail: 'Just so.', title: 'Just so.' },
  { reason: 'unheard-of', detail: null, title: 'It could not be handled' },
])('$reason with "$detail" reads "$title"', ({ reason, detail, title }) => {
  const words = reasonWords(reason, detail)
  expect(words.title).toBe(title)
  expect(words.todo).toMatch(/\.$/)
})

test.each([
  { kind: 'mo', says: 'A text' },
  { kind: null, says: 'Something that came in' },
])('$kind is "$says"', ({ kind, says }) => expect(kindWords(kind)).toBe(says))

test.each([
  { outcome: 'transition', isGood: true, says: 'It was handled: the conversation went on.' },
  {
    outcome: 'ignored',
    reason: 'no-session',
    isGood: true,
    says: 'It was handled, and moved nothing: nobody waited for it.',
  },
  { outcome: 'dead-letter', reason: 'no-flow', isGood: false, says: 'It failed again: no flow begins with this text.' },
  { outcome: 'recorded', isGood: true, says: 'It was handled.' },
])('a retry that ends as $outcome says "$says"', ({ outcome, reason, isGood, says }) => {
  expect(retryWords({ outcome, reason })).toEqual({ says, isGood })
})
