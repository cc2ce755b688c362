import { runSavedTest } from '@textloom/engine'
import { flowOf } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'

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
  expect(runSavedTest(flow, registry, { name: 'Full', start: false, steps }).failure).toBeUndefined()
})
