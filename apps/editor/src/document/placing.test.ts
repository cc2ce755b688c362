import { describe, expect, test } from 'vitest'
import { type Box, cardWidthPx, freeInRow, nearestFree } from './placing.ts'

const box = (x: number, y: number, height = 100): Box => ({ x, y, height })
const moved = (boxes: readonly Box[], by: { x: number; y: number }) =>
  boxes.map((one) => ({ ...one, x: one.x + by.x, y: one.y + by.y }))
const isOver = (one: Box, other: Box) =>
  Math.abs(one.x - other.x) < cardWidthPx && one.y < other.y + other.height && other.y < one.y + one.height

describe('where cards go that are wanted on top of others', () => {
  test.each<{ wanted: string; boxes: Box[]; taken: Box[]; goes: { x: number; y: number } }>([
    { wanted: 'where nothing is', boxes: [box(0, 0)], taken: [box(0, 120)], goes: { x: 0, y: 0 } },
    { wanted: 'just under the head of a card', boxes: [box(0, 80)], taken: [box(0, 0)], goes: { x: 0, y: 40 } },
    { wanted: 'just over its foot', boxes: [box(0, -80)], taken: [box(0, 0)], goes: { x: 0, y: -40 } },
    { wanted: 'at its right edge', boxes: [box(240, 0)], taken: [box(0, 0)], goes: { x: 60, y: 0 } },
    { wanted: 'right on it', boxes: [box(0, 0)], taken: [box(0, 0)], goes: { x: 0, y: 120 } },
    { wanted: 'on one that is high', boxes: [box(0, 400)], taken: [box(0, 0, 1_000)], goes: { x: 300, y: 0 } },
    {
      wanted: 'on one of two, together',
      boxes: [box(0, 60), box(300, 60)],
      taken: [box(300, 0)],
      goes: { x: 0, y: 60 },
    },
  ])('$wanted', ({ boxes, taken, goes }) => {
    expect(nearestFree(boxes, taken)).toEqual(goes)
  })

  test('many at one point end up beside each other', () => {
    const taken: Box[] = []
    for (let card = 0; card < 30; card += 1)
      taken.push(...moved([box(0, 0, 180)], nearestFree([box(0, 0, 180)], taken)))
    const covered = taken.flatMap((one, index) => taken.slice(index + 1).filter((other) => isOver(one, other)))
    expect(covered).toEqual([])
  })

  test('a step that follows another goes to the right of what is there', () => {
    expect(freeInRow(box(4, 200), [box(0, 160)])).toEqual({ x: 300, y: 200 })
  })
})
