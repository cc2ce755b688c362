import { type FlowDocument, flowFormat, type JsonObject } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { clashWords, keywordClashes, keywordsOf } from './keyword-clashes.ts'

function flow(name: string, ...starts: { type: string; data: JsonObject }[]): FlowDocument {
  const nodes = starts.map((start, index) => ({ id: `n${index}`, position: { x: 0, y: 0 }, ...start }))
  return { format: flowFormat, id: name, name, languages: { base: 'en' }, nodes, edges: [] }
}
const says = (...keywords: string[]) => ({ type: 'keyword', data: { keywords, match: 'exact' } })
const begins = (...keywords: string[]) => ({ type: 'keyword', data: { keywords, match: 'first' } })
const anything = { type: 'catch-all', data: {} }

test.each([
  { what: 'other keywords', mine: [says('SPRING')], other: [says('BOOK')], isFirst: true, said: [] },
  {
    what: 'the same keyword, theirs since before',
    mine: [says('SPRING')],
    other: [says('spring', 'SALE')],
    isFirst: true,
    said: ['“spring” goes to “Theirs” here, not to this flow.'],
  },
  {
    what: 'the same keyword, mine since before',
    mine: [says('SPRING')],
    other: [says('SPRING')],
    isFirst: false,
    said: ['“SPRING” comes to this flow here, not to “Theirs”.'],
  },
  {
    what: 'the same keyword, theirs more strictly',
    mine: [begins('SPRING')],
    other: [says('SPRING')],
    isFirst: false,
    said: ['“SPRING” goes to “Theirs” here, not to this flow.'],
  },
  {
    what: 'a longer keyword beside a shorter one',
    mine: [begins('STOP NEWS')],
    other: [begins('STOP')],
    isFirst: true,
    said: [],
  },
  { what: 'a keyword beside any other text', mine: [says('SPRING')], other: [anything], isFirst: true, said: [] },
  {
    what: 'any other text twice',
    mine: [anything],
    other: [anything],
    isFirst: true,
    said: ['Any other text goes to “Theirs” here, not to this flow.'],
  },
])('$what: $said', ({ mine, other, isFirst, said }) => {
  const clashes = keywordClashes(flow('Mine', ...mine), [{ flow: flow('Theirs', ...other), isFirst }], registry)
  expect(clashes.map(clashWords)).toEqual(said)
})

test('keywords are those of all starts; blank ones are none', () => {
  expect(keywordsOf(flow('Mine', says('A', ' '), anything, begins('B')))).toEqual(['A', 'B'])
})
