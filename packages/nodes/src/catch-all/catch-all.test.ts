import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { keyword } from '../keyword/index.ts'
import { catchAll } from './index.ts'

test.each(['hello', '', '?', '👍'])('the text "%s" starts the flow', (text) => {
  const session = sessionOn(catchAll, {}).hears(text)
  expect(session.leftBy).toBe('next')
  expect(session.context?.reply.text).toBe(text)
})

test('any keyword that fits is a better start, and nothing is interrupted', () => {
  const keywordScore = keyword.start?.score?.({ keywords: ['a'], match: 'any' }, { text: 'not a word' }) ?? 0
  expect(catchAll.start?.score?.({}, { text: 'a' })).toBeLessThan(keywordScore)
  expect(catchAll.start?.score?.({}, { text: 'a' })).toBeGreaterThan(0)
  expect(catchAll.start?.whenBusy({})).toBe('skip')
})
