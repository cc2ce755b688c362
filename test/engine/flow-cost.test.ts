import { flowCosts } from '@textloom/engine'
import { flowOf, type NodeSketch } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'

const end: NodeSketch = { type: 'end', data: { outcome: 'completed' } }
const say = (text: string, next: string): NodeSketch => ({ type: 'message', data: { text }, to: { next } })
const long = 'a'.repeat(200)

test('the cheapest and the dearest way, in each language', () => {
  const flow = flowOf(
    {
      start: { type: 'keyword', data: { keywords: ['go'], match: 'exact' }, to: { next: 'split' } },
      split: {
        type: 'split',
        data: { rules: [{ id: 'yes', left: 'contact.name', op: 'not-empty' }] },
        to: { yes: 'dear', other: 'cheap' },
      },
      dear: say(long, 'dear-2'),
      'dear-2': say('And this.', 'end'),
      cheap: say('Short.', 'end'),
      end,
    },
    {
      languages: { base: 'en', others: ['hu'] },
      translations: { hu: { 'cheap.text': 'ő'.repeat(71) } },
    },
  )
  expect(flowCosts(flow, registry)).toEqual([
    { language: 'en', least: 1, most: 3 },
    { language: 'hu', least: 2, most: 3 },
  ])
})

test('a loop is gone round once at the most, and not at all at the least', () => {
  const menu = {
    text: 'More?',
    options: [
      { id: 'yes', label: 'Yes', synonyms: [] },
      { id: 'no', label: 'No', synonyms: [] },
    ],
    retries: 0,
  }
  const flow = flowOf({
    start: { type: 'catch-all', to: { next: 'menu' } },
    menu: { type: 'menu', data: menu, to: { yes: 'news', no: 'bye', other: 'bye' } },
    news: say(long, 'menu'),
    bye: say('Bye.', 'end'),
    end,
  })
  expect(flowCosts(flow, registry)).toEqual([{ language: 'en', least: 2, most: 4 }])
})

test('asking again is dear, and costs nothing when the first reply fits', () => {
  const ask = { text: 'Age?', kind: 'number', variable: 'age', retries: 2 }
  const costOf = (data: object) =>
    flowCosts(
      flowOf(
        {
          start: { type: 'catch-all', to: { next: 'ask' } },
          ask: { type: 'ask', data: data as never, to: { next: 'end', other: 'end' } },
          end,
        },
        { variables: [{ name: 'age', type: 'number' }] },
      ),
      registry,
    )
  expect(costOf(ask)).toEqual([{ language: 'en', least: 1, most: 3 }])
  expect(costOf({ ...ask, retryText: long })).toEqual([{ language: 'en', least: 1, most: 5 }])
})

test('a flow that comes to no end has no cost, and a long chain one', () => {
  expect(flowCosts(flowOf({ start: { type: 'catch-all', to: { next: 'start' } } }), registry)).toEqual([])
  const chain = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [`n${index}`, say('x', index === 4_999 ? 'end' : `n${index + 1}`)]),
  )
  const flow = flowOf({ start: { type: 'catch-all', to: { next: 'n0' } }, ...chain, end })
  expect(flowCosts(flow, registry)).toEqual([{ language: 'en', least: 5_000, most: 5_000 }])
})
