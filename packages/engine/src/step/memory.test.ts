import { nodeRegistry } from '@textloom/core'
import { nodeTypes } from '@textloom/nodes/testing'
import { expect, test } from 'vitest'
import { runSavedTest } from '../simulator/saved-test.ts'
import { flowOf } from '../testing/flow-of.ts'
import { checkMemory, maxMemoryCharacters } from './memory.ts'

const nothing = { vars: {}, results: {} }

test.each([
  { kept: 'few', length: 10, fits: true },
  { kept: 'as many as may be', length: maxMemoryCharacters - 20, fits: true },
  { kept: 'one too many', length: maxMemoryCharacters, fits: false },
])('$kept characters fit: $fits', ({ length, fits }) => {
  const check = () => checkMemory({ vars: { a: 'x'.repeat(length) }, results: {} }, nothing)
  if (fits) expect(check).not.toThrow()
  else expect(check).toThrow('more than 1000000 characters')
})

test('what stayed as it was is not counted anew', () => {
  const large = { vars: { a: 'x'.repeat(2 * maxMemoryCharacters) }, results: {} }
  expect(() => checkMemory({ ...large }, large)).not.toThrow()
})

test('a session that keeps more and more fails by itself', () => {
  // Each variable may hold what one template writes, so it takes several.
  const names = Array.from({ length: 12 }, (_, index) => `v${index}`)
  const sets = names.map((name, index) => [
    name,
    {
      type: 'set',
      data: { variable: name, value: `{{ reply.text }}{{ reply.text }}` },
      to: { next: names[index + 1] ?? 'ask' },
    },
  ])
  const flow = flowOf(
    {
      start: { type: 'catch-all', to: { next: 'v0' } },
      ...Object.fromEntries(sets),
      ask: { type: 'wait-reply', to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    { variables: names.map((name) => ({ name, type: 'text' as const })) },
  )
  const steps = [{ mo: 'x'.repeat(45_000) }, { end: 'failed' as const }]
  expect(runSavedTest(flow, nodeRegistry(nodeTypes), { name: 'Full', start: false, steps }).failure).toBeUndefined()
})
