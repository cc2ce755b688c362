import type { Issue } from '@textloom/core'
import { type ReplyTable, readTable, writeTable } from '@textloom/interop/autoresponder'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { rowProblems } from './row-problems.ts'
import { shareRows } from './share-rows.ts'
import { addKeyword, addOtherwise, addRule, changeRow, moveRow, removeRow } from './table-edits.ts'
import { readSenders, readWords } from './typed-lists.ts'

const week = { hours: { mon: ['09:00-17:00'] } }
const table: ReplyTable = {
  keywords: [
    { id: 'a', keywords: ['A'], match: 'exact', reply: '1', channels: [] },
    { id: 'b', keywords: ['B'], match: 'exact', reply: '2', channels: [], hours: week, closedReply: 'Closed' },
  ],
  rules: [{ id: 'c', when: { kind: 'sender', senders: ['+36*'] }, reply: '3', channels: [] }],
}

const ids = ({ keywords, rules, otherwise }: ReplyTable) =>
  [...keywords, ...rules, ...(otherwise ? [otherwise] : [])].map(({ id }) => id).join('')

describe('a table', () => {
  test.each([
    { edit: addKeyword('x'), rows: 'abxc' },
    { edit: addKeyword('x', 'a'), rows: 'axbc' },
    { edit: addRule('x', 'c'), rows: 'abcx' },
    { edit: addOtherwise('x'), rows: 'abcx' },
    { edit: removeRow('a'), rows: 'bc' },
    { edit: moveRow('keywords', 1, 0), rows: 'bac' },
    { edit: moveRow('rules', 0, 5), rows: 'abc' },
  ])('after “$edit.label” has the rows $rows', ({ edit, rows }) => {
    expect(ids(edit.change(table))).toBe(rows)
  })

  test('without hours has no reply outside of them', () => {
    const { keywords } = changeRow('b', { hours: undefined }).change(table)
    expect(keywords[1]).toEqual({ id: 'b', keywords: ['B'], match: 'exact', reply: '2', channels: [] })
  })

  test('gives back the rows that stayed the same, as the objects they were', () => {
    const next = structuredClone(changeRow('a', { reply: 'New' }).change(table)) as ReplyTable
    const shared = shareRows(table, next)
    expect(shared).toEqual(next)
    expect(shared.keywords[1]).toBe(table.keywords[1])
    expect(shared.rules[0]).toBe(table.rules[0])
    expect(shared.keywords[0]).not.toBe(table.keywords[0])
  })

  test('shows a problem of any of its steps beside its row', () => {
    const flow = writeTable(table, {
      format: 'textloom/flow@1',
      id: 'f',
      name: 'f',
      languages: { base: 'en' },
      nodes: [],
      edges: [],
    })
    const read = readTable(flow)
    const start = read.parts.get('b')?.start ?? ''
    const issue: Issue = {
      kind: 'soundness',
      code: 'x',
      path: 'nodes[0]',
      message: 'It clashes.',
      severity: 'warning',
      node: start,
    }
    const found = rowProblems(read, new Map([[start, [issue]]]), () => 'keyword', registry)
    expect([...found]).toEqual([['b', [{ message: 'It clashes.', severity: 'warning' }]]])
  })
})

test.each([
  { typed: 'INFO, help ,', words: ['INFO', 'help'] },
  { typed: '料金、予約', words: ['料金', '予約'] },
  { typed: ' ', words: [] },
])('"$typed" is the words $words', ({ typed, words }) => {
  expect(readWords(typed)).toEqual(words)
})

test.each([
  { typed: '+36 20 123-4567; 0044*', senders: ['+36201234567', '+44*'] },
  { typed: '4040', senders: ['4040'] },
])('"$typed" is the senders $senders', ({ typed, senders }) => {
  expect(readSenders(typed)).toEqual(senders)
})
