import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { campaignStart } from './index.ts'
import { campaignStartSchema } from './schema.ts'

test('the flow begins at once, and no text begins it', () => {
  expect(sessionOn(campaignStart, {}).begins().leftBy).toBe('next')
  expect(sessionOn(campaignStart, {}).hears('hello').leftBy).toBeUndefined()
})

test.each([
  [undefined, 'skip'],
  ['queue', 'queue'],
  ['skip', 'skip'],
  ['interrupt', 'interrupt'],
] as const)('a contact who is busy and the policy %s: %s', (whenBusy, expected) => {
  expect(campaignStart.start?.whenBusy({ whenBusy })).toBe(expected)
})

test('a policy that does not exist is refused', () => {
  expect(campaignStartSchema.safeParse({ whenBusy: 'wait' }).success).toBe(false)
})
