import type { JsonObject } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { ratingScales } from '../recognise/rating.ts'
import { ratingBands } from './bands.ts'
import { csat } from './index.ts'
import type { CsatData } from './schema.ts'

const data: CsatData = { text: 'How was it, 1 to 5?', scale: '1-5', retries: 1, timeout: 'PT1H' }
const play = (more: Partial<CsatData> = {}) => sessionOn(csat, { ...data, ...more } as JsonObject)

test.each([
  { scale: '1-5', counts: '1 dissatisfied, 2 dissatisfied, 3 neutral, 4 satisfied, 5 satisfied' },
  {
    scale: '0-10',
    counts:
      '0 detractor, 1 detractor, 2 detractor, 3 detractor, 4 detractor, 5 detractor, 6 detractor, 7 passive, 8 passive, 9 promoter, 10 promoter',
  },
] as const)('ratings from $scale count as $counts', ({ scale, counts }) => {
  const { min, max } = ratingScales[scale]
  const ratings = Array.from({ length: max - min + 1 }, (_, index) => min + index)
  const counted = ratings.map((rating) => {
    const [recorded] = play({ scale }).hears(String(rating)).recorded
    return `${recorded?.value} ${recorded?.category}`
  })
  expect(counted.join(', ')).toBe(counts)
  expect(ratingBands[scale].map(({ category }) => category)).toHaveLength(3)
})

describe('a rating', () => {
  test('is recorded, with its category, and leaves by "next"', () => {
    const session = play().hears('4 stars')
    expect(session.leftBy).toBe('next')
    expect(session.recorded).toEqual([{ kind: 'result', node: 'csat', name: 'csat', value: 4, category: 'satisfied' }])
    expect(session.context?.results).toEqual({ csat: { value: 4, category: 'satisfied' } })
  })

  test('is recorded under the name that the author gives it', () => {
    const session = play({ result: 'visit', comment: 'Why?' }).hears('2').hears(' Too slow ')
    expect(session.context?.results).toEqual({
      visit: { value: 2, category: 'dissatisfied' },
      visit_comment: { value: 'Too slow' },
    })
    expect(session.recorded.map(({ name, value }) => [name, value])).toEqual([
      ['visit', 2],
      ['visit_comment', 'Too slow'],
    ])
  })

  test('that is none, or off the scale, is asked for again', () => {
    const session = play({ retryText: '1 to 5, please' }).hears('6')
    expect(session.texts).toEqual(['How was it, 1 to 5?', '1 to 5, please'])
    expect(session.hears('fine').leftBy).toBe('other')
    expect(session.recorded).toEqual([])
  })

  test('that does not come leaves by "timeout"', () => {
    expect(play().advance('59m').leftBy).toBeUndefined()
    expect(play().advance('1h').leftBy).toBe('timeout')
  })
})

describe('a comment', () => {
  test('is asked for once the rating is there', () => {
    const session = play({ comment: 'Why?' }).hears('bad').hears('1')
    expect(session.texts).toEqual([data.text, data.text, 'Why?'])
    expect(session.leftBy).toBeUndefined()
    expect(session.rest).toEqual({ node: 'csat', for: 'reply', until: session.now + 3_600_000 })
    expect(session.hears('5').leftBy).toBe('next')
    expect(session.context?.results.csat_comment).toEqual({ value: '5' })
  })

  test('that does not come does no harm', () => {
    const session = play({ comment: 'Why?' }).hears('1').advance('1h')
    expect(session.leftBy).toBe('next')
    expect(session.recorded).toHaveLength(1)
  })
})

test('the analysis learns what is recorded', () => {
  expect(csat.results?.(data)?.map(({ name, type }) => `${name} ${type}`)).toEqual(['csat number'])
  expect(
    csat.results?.({ ...data, result: 'nps', comment: 'Why?' })?.map(({ name, type }) => `${name} ${type}`),
  ).toEqual(['nps number', 'nps_comment text'])
})

test.each([
  { text: 'How was it?', issues: [] },
  { text: ' ', issues: ['csat/no-text'] },
])('the text "$text" has the issues $issues', ({ text, issues }) => {
  expect(csat.check?.({ ...data, text }).map(({ code }) => code)).toEqual(issues)
})
