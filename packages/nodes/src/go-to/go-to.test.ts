import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { wait } from '../wait/index.ts'
import { goTo } from './index.ts'
import { goToSchema } from './schema.ts'

test.each([1, 3, 100])('a session leaves by next %i times and then by limit', (times) => {
  const session = sessionOn(goTo, { times }, { to: { next: 'go-to' } })
  const exits = session.path.flatMap((step) => (step.kind === 'exit' && step.node === 'go-to' ? [step.handle] : []))
  expect(exits).toEqual([...Array<string>(times).fill('next'), 'limit'])
  expect(session.end).toBeUndefined()
})

test('a circle that nothing bounds after all ends as a failure, not as a machine that runs on', () => {
  const session = sessionOn(goTo, { times: 1 }, { to: { next: 'go-to', limit: 'go-to' } })
  expect(session.end?.outcome).toBe('failed')
})

test.each([0, 101, 1.5, '3'])('%j rounds are refused', (times) => {
  expect(goToSchema.safeParse({ times }).success).toBe(false)
})

test('only the exit that is counted bounds a circle', () => {
  expect(goTo.boundedExits).toEqual(['next'])
  expect(wait.boundedExits).toBeUndefined()
})

test('the card says how often', () => {
  expect([1, 3].map((times) => goTo.describe({ times }).body)).toEqual(['Once', 'At most 3 times'])
})
