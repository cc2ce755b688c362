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

test.each([
  { whenBusy: undefined, issues: [] },
  { whenBusy: 'skip' as const, issues: [] },
  { whenBusy: 'queue' as const, issues: ['catch-all/takes-replies'] },
  { whenBusy: 'interrupt' as const, issues: ['catch-all/takes-replies'] },
])('with the policy $whenBusy for busy contacts it has the issues $issues', ({ whenBusy, issues }) => {
  const data = whenBusy === undefined ? {} : { whenBusy }
  expect(catchAll.check?.(data).map(({ code }) => code)).toEqual(issues)
  expect(catchAll.start?.whenBusy(data)).toBe(whenBusy ?? 'skip')
  expect(catchAll.describe(data).body.split('\n')).toHaveLength(issues.length + 1)
})
