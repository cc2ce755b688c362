import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { newContact } from './index.ts'
import { newContactSchema } from './schema.ts'

test('the flow begins at once, and no text begins it', () => {
  expect(sessionOn(newContact, {}).begins().leftBy).toBe('next')
  expect(sessionOn(newContact, {}).hears('hello').leftBy).toBeUndefined()
})

test.each([
  [undefined, 'skip'],
  ['queue', 'queue'],
  ['skip', 'skip'],
  ['interrupt', 'interrupt'],
] as const)('a contact who is busy and the policy %s: %s', (whenBusy, expected) => {
  expect(newContact.start?.whenBusy({ whenBusy })).toBe(expected)
})

test('a policy that does not exist is refused', () => {
  expect(newContactSchema.safeParse({ whenBusy: 'wait' }).success).toBe(false)
})
