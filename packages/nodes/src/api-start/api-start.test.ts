import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { apiStart } from './index.ts'
import { apiStartSchema } from './schema.ts'

test('the flow begins at once, and no text begins it', () => {
  expect(sessionOn(apiStart, {}).begins().leftBy).toBe('next')
  expect(sessionOn(apiStart, {}).hears('hello').leftBy).toBeUndefined()
})

test.each([
  [undefined, 'skip'],
  ['queue', 'queue'],
  ['skip', 'skip'],
  ['interrupt', 'interrupt'],
] as const)('a contact who is busy and the policy %s: %s', (whenBusy, expected) => {
  expect(apiStart.start?.whenBusy({ whenBusy })).toBe(expected)
})

test('a policy that does not exist is refused', () => {
  expect(apiStartSchema.safeParse({ whenBusy: 'wait' }).success).toBe(false)
})
