import { type FlowDocument, type JsonObject, keywordsOf } from '@textloom/core'
import { analyseFlow, analyseKeywordClashes, clashWords, keywordClashes } from '@textloom/engine'
import { flowOf, type NodeSketch } from '@textloom/engine/testing'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'

type Start = { readonly type: string; readonly data: JsonObject }

const says = (...keywords: string[]): Start => ({ type: 'keyword', data: { keywords, match: 'exact' } })
const begins = (...keywords: string[]): Start => ({ type: 'keyword', data: { keywords, match: 'first' } })
const only = (more: JsonObject, { type, data }: Start): Start => ({ type, data: { ...data, ...more } })
const anything: Start = { type: 'catch-all', data: {} }

function flow(name: string, starts: readonly Start[], more: Partial<FlowDocument> = {}): FlowDocument {
  const sketches = starts.map((start, index): [string, NodeSketch] => [`n${index}`, { ...start, to: { next: 'end' } }])
  const end = { type: 'end', data: { outcome: 'completed' } }
  return flowOf({ ...Object.fromEntries(sketches), end }, { id: name.toLowerCase(), name, ...more })
}

interface Meeting {
  readonly what: string
  readonly mine: readonly Start[]
  readonly other: readonly Start[]
  /** Whether the other was there first; default yes. */
  readonly isFirst?: boolean
  readonly said: readonly string[]
}

const theirs = '“SPRING” goes to “Theirs” here, not to this flow.'
const ours = '“SPRING” comes to this flow here, not to “Theirs”.'

describe('two flows on one channel, one of which has', () => {
  test.each<Meeting>([
    { what: 'other keywords', mine: [says('SPRING')], other: [says('BOOK')], said: [] },
    {
      what: 'the same keyword since before',
      mine: [says('SPRING')],
      other: [says('spring', 'SALE')],
      said: ['“spring” goes to “Theirs” here, not to this flow.'],
    },
    {
      what: 'the same keyword since later',
      mine: [says('SPRING')],
      other: [says('SPRING')],
      isFirst: false,
      said: [ours],
    },
    {
      what: 'the same keyword more strictly',
      mine: [begins('SPRING')],
      other: [says('SPRING')],
      isFirst: false,
      said: [theirs],
    },
    {
      what: 'the same keyword with a higher priority',
      mine: [says('SPRING')],
      other: [only({ priority: 1 }, begins('SPRING'))],
      isFirst: false,
      said: [theirs],
    },
    { what: 'a shorter keyword', mine: [begins('STOP NEWS')], other: [begins('STOP')], said: [] },
    {
      what: 'a shorter keyword with a higher priority',
      mine: [begins('SPRING')],
      other: [only({ priority: 2 }, begins('SPR')), only({ priority: 2, match: 'any' }, says('SPRING'))],
      said: [theirs],
    },
    { what: 'any other text', mine: [says('SPRING')], other: [anything], said: [] },
    {
      what: 'any other text too',
      mine: [anything],
      other: [anything],
      said: ['Any other text goes to “Theirs” here, not to this flow.'],
    },
    {
      what: 'the keyword for everybody beside one for members',
      mine: [only({ groups: ['Members'] }, says('SPRING'))],
      other: [says('SPRING')],
      said: [],
    },
    {
      what: 'it for everybody with a priority beside one for members',
      mine: [only({ groups: ['Members'] }, says('SPRING'))],
      other: [only({ priority: 1 }, says('SPRING'))],
      said: [theirs],
    },
    {
      what: 'the same people by another spelling',
      mine: [only({ groups: ['Members'] }, says('SPRING'))],
      other: [only({ groups: ['members'] }, says('SPRING'))],
      said: [theirs],
    },
    {
      what: 'everybody but them',
      mine: [only({ groups: ['Members'] }, says('SPRING'))],
      other: [only({ exceptGroups: ['Members'] }, says('SPRING'))],
      said: [],
    },
    {
      what: 'two groups, of which one is left out',
      mine: [only({ exceptGroups: ['Staff'] }, says('SPRING'))],
      other: [only({ groups: ['Staff', 'Members'], exceptGroups: ['Guests'] }, says('SPRING'))],
      said: [],
    },
    {
      what: 'the keyword on other channels',
      mine: [says('SPRING')],
      other: [only({ channels: ['5050'] }, says('SPRING'))],
      said: [],
    },
    {
      what: 'the keyword on this channel expressly',
      mine: [says('SPRING')],
      other: [only({ channels: ['4040'] }, says('SPRING'))],
      isFirst: false,
      said: [theirs],
    },
    {
      what: 'a keyword that a slip of ours is',
      mine: [only({ typos: true }, says('SPRING'))],
      other: [says('SPRINT')],
      said: [],
    },
    { what: 'a keyword that is not filled in', mine: [says('')], other: [says('')], said: [] },
  ])('$what: $said', ({ mine, other, isFirst = true, said }) => {
    const neighbours = [{ flow: flow('Theirs', other), isFirst }]
    const clashes = keywordClashes(flow('Mine', mine), { channel: '4040', neighbours }, registry)
    expect(clashes.map((clash) => clashWords(clash))).toEqual(said)
  })

  test('words of another language', () => {
    const mine = flow('Mine', [says('SPRING')], {
      languages: { base: 'en', others: ['hu'] },
      translations: { hu: { 'n0.keywords': 'TAVASZ, ÚJ' } },
    })
    const neighbours = [{ flow: flow('Theirs', [says('tavasz')]), isFirst: true }]
    expect(keywordClashes(mine, { channel: '4040', neighbours }, registry)).toEqual([
      { keyword: 'tavasz', node: 'n0', path: 'nodes[0].data.keywords', other: 'Theirs', winner: 'other' },
    ])
  })

  test('a draft whose start fits no schema', () => {
    const draft = flow('Mine', [{ type: 'keyword', data: { keywords: 'SPRING' } }])
    const neighbours = [{ flow: flow('Theirs', [says('SPRING')]), isFirst: true }]
    expect(keywordClashes(draft, { channel: '4040', neighbours }, registry)).toEqual([])
  })
})

test('channels that agree are one warning, which names them', () => {
  const neighbours = [{ flow: flow('Theirs', [says('SPRING')]), isFirst: true }]
  const later = [{ flow: flow('Theirs', [says('SPRING')]), isFirst: false }]
  const channels = [
    { channel: '4040', neighbours },
    { channel: '5050', neighbours: later },
    { channel: '6060', neighbours },
    { channel: '7070', neighbours: [] },
  ]
  expect(analyseKeywordClashes(flow('Mine', [says('SPRING')]), channels, registry)).toEqual([
    {
      code: 'flow/keyword-clash',
      severity: 'warning',
      kind: 'soundness',
      node: 'n0',
      path: 'nodes[0].data.keywords',
      message:
        '“SPRING” goes to “Theirs” on 4040, 6060, not to this flow. Use another keyword, or give this one a higher priority.',
    },
    {
      code: 'flow/keyword-clash',
      severity: 'warning',
      kind: 'soundness',
      node: 'n0',
      path: 'nodes[0].data.keywords',
      message: '“SPRING” comes to this flow on 5050, not to “Theirs”. If that is not meant, use another keyword.',
    },
  ])
})

describe('within one flow', () => {
  const clashesOf = (...starts: Start[]) =>
    analyseFlow(flow('Mine', starts), registry)
      .filter(({ code }) => code === 'flow/keyword-clash')
      .map(({ node, message }) => `${node}: ${message}`)

  test('a keyword that an earlier start always takes is told', () => {
    expect(clashesOf(says('SPRING'), says('sale', 'spring'))).toEqual([
      'n1: "spring" begins at the node "n0" already, so nobody gets here by it: use another keyword, or give this one a higher priority.',
    ])
  })

  test.each<{ what: string; starts: Start[] }>([
    { what: 'a looser start', starts: [says('SPRING'), begins('SPRING')] },
    { what: 'a start of more weight', starts: [says('SPRING'), only({ priority: 1 }, says('SPRING'))] },
    {
      what: 'a start for others',
      starts: [only({ groups: ['A'] }, says('SPRING')), only({ groups: ['B'] }, says('SPRING'))],
    },
    {
      what: 'a start for another channel',
      starts: [only({ channels: ['1'] }, says('SPRING')), only({ channels: ['2'] }, says('SPRING'))],
    },
  ])('$what has its own use for the word', ({ starts }) => expect(clashesOf(...starts)).toEqual([]))
})

test('keywords are those of all starts; blank ones are none', () => {
  expect(keywordsOf(flow('Mine', [says('A', ' '), anything, begins('B')]), registry)).toEqual(['A', 'B'])
})
