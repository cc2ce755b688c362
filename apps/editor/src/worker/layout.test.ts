import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layoutFlow } from './layout.ts'

const box = (id: string, height = 160) => ({ id, width: 264, height })
const edge = (source: string, target: string) => ({ source, target })

test('exits lead from left to right, what follows stands below', () => {
  const places = layoutFlow({
    nodes: ['z', 'y', 'x', 'menu', 'start'].map((id) => box(id)),
    edges: [edge('start', 'menu'), edge('menu', 'x'), edge('menu', 'y'), edge('menu', 'z')],
    starts: ['start'],
  })
  const x = (id: string) => places.get(id)?.x ?? 0
  const y = (id: string) => places.get(id)?.y ?? 0
  expect([x('x') < x('y'), x('y') < x('z')]).toEqual([true, true])
  expect([y('start') < y('menu'), y('menu') < y('x')]).toEqual([true, true])
})

test('a way back does not turn the drawing upside down', () => {
  const places = layoutFlow({
    nodes: ['start', 'ask', 'again'].map((id) => box(id)),
    edges: [edge('start', 'ask'), edge('ask', 'again'), edge('again', 'ask')],
    starts: ['start'],
  })
  expect([...places.values()].map(({ y }) => y)).toEqual([0, 240, 480])
})

test('whatever the flow, no two cards overlap and all stand on the grid', () => {
  const graph = fc.integer({ min: 1, max: 30 }).chain((count) =>
    fc.record({
      heights: fc.array(fc.integer({ min: 40, max: 400 }), { minLength: count, maxLength: count }),
      links: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }),
    }),
  )
  fc.assert(
    fc.property(graph, ({ heights, links }) => {
      const nodes = heights.map((height, index) => box(`n${index}`, height))
      const places = layoutFlow({ nodes, edges: links.map(([a, b]) => edge(`n${a}`, `n${b}`)), starts: ['n0'] })
      const boxes = nodes.map((node) => ({ ...node, ...(places.get(node.id) ?? { x: Number.NaN, y: Number.NaN }) }))
      for (const one of boxes) {
        expect([one.x % 20, one.y % 20].map(Math.abs)).toEqual([0, 0])
        for (const two of boxes) {
          if (one.id >= two.id) continue
          const apart =
            one.x + one.width <= two.x ||
            two.x + two.width <= one.x ||
            one.y + one.height <= two.y ||
            two.y + two.height <= one.y
          expect(apart).toBe(true)
        }
      }
    }),
    { numRuns: 40 },
  )
})
