import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastStretch, middleOf, roundedPath, route } from './route.ts'

const side = (x: number, y: number, clearancePx = 20) =>
  route({ source: { x: 264, y: 100 }, target: { x, y }, leaves: 'side', cardWidthPx: 264, clearancePx })
const foot = (x: number, y: number) =>
  route({ source: { x: 132, y: 100 }, target: { x, y }, leaves: 'foot', cardWidthPx: 264, clearancePx: 20 })
const shown = (corners: readonly { x: number; y: number }[]) => corners.map(({ x, y }) => `${x},${y}`).join(' ')

describe('an edge from the foot of a card', () => {
  test.each([
    { to: 'straight below', x: 132, y: 300, goes: '132,100 132,300' },
    { to: 'below and aside', x: 400, y: 300, goes: '132,100 132,274 400,274 400,300' },
    { to: 'close below', x: 400, y: 140, goes: '132,100 132,120 400,120 400,140' },
    { to: 'above, around', x: 132, y: -200, goes: '132,100 132,120 284,120 284,-226 132,-226 132,-200' },
    { to: 'above, far aside', x: 932, y: -200, goes: '132,100 132,120 532,120 532,-226 932,-226 932,-200' },
  ])('to a card $to', ({ x, y, goes }) => {
    expect(shown(foot(x, y))).toBe(goes)
  })
})

describe('an edge from an exit at the side', () => {
  test.each([
    { to: 'right below', x: 500, y: 300, goes: '264,100 500,100 500,300' },
    { to: 'left below', x: -200, y: 300, goes: '0,100 -200,100 -200,300' },
    { to: 'straight below', x: 132, y: 300, goes: '264,100 284,100 284,274 132,274 132,300' },
    { to: 'right above', x: 500, y: 0, goes: '264,100 284,100 284,-26 500,-26 500,0' },
  ])('to a card $to', ({ x, y, goes }) => {
    expect(shown(side(x, y))).toBe(goes)
  })

  test('exits further up keep further out, so that they do not cross', () => {
    expect(side(132, 300, 40)[1]?.x).toBeGreaterThan(side(132, 300, 20)[1]?.x ?? 0)
  })
})

test('every edge is made of level and upright stretches from its exit to its target', () => {
  const px = fc.integer({ min: -2_000, max: 2_000 })
  fc.assert(
    fc.property(px, px, fc.constantFrom('foot' as const, 'side' as const), (x, y, leaves) => {
      const corners = route({ source: { x: 264, y: 0 }, target: { x, y }, leaves, cardWidthPx: 264, clearancePx: 20 })
      expect(corners.at(-1)).toEqual({ x, y })
      for (const [index, corner] of corners.slice(1).entries()) {
        const before = corners[index]
        expect(corner.x === before?.x || corner.y === before?.y).toBe(true)
      }
    }),
  )
})

test('corners are rounded as far as their sides are long', () => {
  const corners = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 8 },
  ]
  expect(roundedPath(corners)).toBe('M 0 0 L 96 0 Q 100 0 100 4 L 100 8')
  expect(roundedPath([])).toBe('')
})

test('tools stand halfway, labels on the last level stretch', () => {
  const corners = side(500, 300)
  expect(middleOf(corners)).toEqual({ x: 482, y: 100 })
  expect(lastStretch(corners)).toEqual({ x: 382, y: 100 })
  expect(lastStretch(foot(132, 300))).toEqual({ x: 132, y: 200 })
})
