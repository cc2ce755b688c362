import { expect, test } from 'vitest'
import { orderWords, sizeWords, stateWords } from './link-words.ts'

test.each([
  { state: 'bound', isEnabled: true, says: 'Connected', tone: 'good' },
  { state: 'bound', isEnabled: false, says: 'Switched off', tone: 'quiet' },
  { state: 'refused', isEnabled: true, says: 'Refused', tone: 'bad' },
  { state: 'unheard-of', isEnabled: true, says: 'unheard-of', tone: 'quiet' },
])('$state, enabled $isEnabled: "$says"', ({ state, isEnabled, says, tone }) => {
  expect(stateWords(state, isEnabled)).toEqual({ says, tone })
})

test.each([
  { links: ['a'], says: 'a' },
  { links: ['a', 'b', 'c'], says: 'a, then b, then c' },
])('links $links are tried as "$says"', ({ links, says }) => expect(orderWords(links)).toBe(says))

test.each([
  { characters: 1, segments: 1, says: '1 character, 1 segment' },
  { characters: 161, segments: 2, says: '161 characters, 2 segments' },
])('"$says"', ({ says, ...size }) => expect(sizeWords(size)).toBe(says))
