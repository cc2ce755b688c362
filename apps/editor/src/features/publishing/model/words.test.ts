import { expect, test } from 'vitest'
import { midFlowWords, publishedWords } from './words.ts'

test.each([
  { running: [], isMore: false, says: undefined },
  { running: [7], isMore: false, says: '1 person is in the middle of it and finishes on v7.' },
  { running: [8, 7, 7], isMore: false, says: '3 people are in the middle of it and finish on v7 and v8.' },
  { running: [7, 7], isMore: true, says: '2 people or more are in the middle of it and finish on v7.' },
  { running: [null], isMore: false, says: '1 person is in the middle of it and finishes as begun.' },
])('conversations on $running: "$says"', ({ running, isMore, says }) => {
  expect(
    midFlowWords(
      running.map((revision) => ({ revision })),
      isMore,
    ),
  ).toBe(says)
})

test.each([
  { channels: [], says: 'v3 is published. It listens nowhere yet.' },
  { channels: ['main'], says: 'v3 listens on main.' },
  { channels: ['a', 'b', 'c'], says: 'v3 listens on a, b and c.' },
])('published on $channels: "$says"', ({ channels, says }) => {
  expect(publishedWords(3, channels)).toBe(says)
})
