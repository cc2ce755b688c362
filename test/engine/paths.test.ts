import { explorePaths, pathTranscript } from '@textloom/engine'
import { flowOf, type NodeSketch } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'

const end: NodeSketch = { type: 'end', data: { outcome: 'completed', label: 'Done' } }
const say = (text: string, to: { [handle: string]: string }): NodeSketch => ({ type: 'message', data: { text }, to })
const menu: NodeSketch = {
  type: 'menu',
  data: {
    text: 'Hours or place?',
    options: [
      { id: 'hours', label: 'Hours', synonyms: [] },
      { id: 'place', label: 'Place', synonyms: [] },
    ],
    retries: 0,
  },
}

const flow = flowOf({
  start: { type: 'keyword', data: { keywords: ['info'], match: 'exact' }, to: { next: 'menu' } },
  menu: { ...menu, to: { hours: 'hours', place: 'place', other: 'menu' } },
  hours: say('9 to 5', { next: 'end' }),
  place: say('Main St', {}),
  end,
})

test('every way is found, in the order of the exits, with how it ends', () => {
  const { paths, isCut } = explorePaths(flow, registry)
  expect(isCut).toBe(false)
  expect(paths.map(({ steps, ends }) => `${steps.map(({ node }) => node).join(' ')} ${ends}`)).toEqual([
    'start menu hours end end',
    'start menu place open',
    'start menu menu again',
  ])
})

test('a way reads like a conversation', () => {
  const { paths } = explorePaths(flow, registry)
  expect(paths.map((path) => pathTranscript(path, flow, registry).slice(1))).toEqual([
    ['< Hours or place?', '> Hours', '< 9 to 5', expect.stringContaining('Done')],
    ['< Hours or place?', '> Place', '< Main St', '  (leads nowhere yet)'],
    ['< Hours or place?', '> Other reply', expect.stringMatching(/^ {2}\(again at .*Hours or place\?/)],
  ])
})

test('what a split decides is told apart from what the contact replies', () => {
  const rules = ['bus', 'train'].map((id) => ({ id, left: 'reply.text', op: 'contains', right: id }))
  const decided = flowOf({
    start: { type: 'catch-all', to: { next: 'by' } },
    by: { type: 'split', data: { rules }, to: { bus: 'end', train: 'end', other: 'end' } },
    end,
  })
  const [path] = explorePaths(decided, registry).paths
  expect(path && pathTranscript(path, decided, registry).slice(1, 3)).toEqual([
    '  Split: reply.text contains bus / reply.text contains train',
    '  → contains bus',
  ])
})

test('where there are too many ways the first are given, and that there are more', () => {
  const forks = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `m${index}`,
      { ...menu, to: { hours: `m${index + 1}`, place: `m${index + 1}`, other: `m${index + 1}` } },
    ]),
  )
  const wide = flowOf({ start: { type: 'catch-all', to: { next: 'm0' } }, ...forks, m40: end })
  const { paths, isCut } = explorePaths(wide, registry, 100)
  expect([paths.length, isCut]).toEqual([100, true])
})

test('a chain of 20,000 nodes is one way', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [
      `n${index}`,
      say('x', { next: index === 19_999 ? 'end' : `n${index + 1}` }),
    ]),
  )
  const long = flowOf({ start: { type: 'catch-all', to: { next: 'n0' } }, ...chain, end })
  expect(explorePaths(long, registry).paths.map(({ steps }) => steps.length)).toEqual([20_002])
})
