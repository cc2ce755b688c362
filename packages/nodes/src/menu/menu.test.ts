import { playDocument, sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { registry } from '../registry.ts'
import { menu } from './index.ts'
import { picks } from './match.ts'
import type { MenuData } from './schema.ts'

const data = {
  text: '1 Sales 2 Support',
  options: [
    { id: 'sales', label: 'Sales', synonyms: ['buy'] },
    { id: 'support', label: 'Support', synonyms: ['help me'] },
  ],
  retries: 1,
} satisfies MenuData

test.each([
  { reply: '2', picked: true },
  { reply: '2.', picked: true },
  { reply: ' SUPPORT! ', picked: true },
  { reply: 'Help me', picked: true },
  { reply: '22', picked: false },
  { reply: 'support please', picked: false },
  { reply: '', picked: false },
])('"$reply" picks support: $picked', ({ reply, picked }) => {
  expect(picks(['support', 'help me', '2'], reply)).toBe(picked)
})

test('an exit for each option, one for other replies, one for none', () => {
  const exits = (menuData: MenuData) =>
    menu.handles(menuData).map(({ id, label, optional }) => `${id} "${label}"${optional ? '?' : ''}`)
  expect(exits(data)).toEqual(['sales "Sales"', 'support "Support"', 'other "Other reply"', 'timeout "No reply"?'])
  expect(exits({ ...data, timeout: 'PT1H' }).at(-1)).toBe('timeout "No reply"')
})

test('the card lists the options with their numbers', () => {
  expect(menu.describe(data)).toEqual({ title: 'Menu', body: '1 Sales 2 Support\n1. Sales\n2. Support' })
})

test.each<{ change: Partial<MenuData>; issues: string[] }>([
  { change: {}, issues: [] },
  { change: { text: '' }, issues: ['menu/no-text at text'] },
  { change: { options: [] }, issues: ['menu/no-options at options'] },
  {
    change: { options: [...data.options, { id: 'shop', label: 'Shop', synonyms: ['Buy!'] }] },
    issues: ['menu/clashing-words at options[2].synonyms[0]'],
  },
])('$change has the issues $issues', ({ change, issues }) => {
  expect(menu.check?.({ ...data, ...change }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test.each([
  { replies: ['2'], leftBy: 'support' },
  { replies: ['x', 'buy'], leftBy: 'sales' },
  { replies: ['x', 'y'], leftBy: 'other' },
  { replies: [''], leftBy: undefined },
])('the replies $replies leave by $leftBy', ({ replies, leftBy }) => {
  const session = sessionOn(menu, { ...data, retryText: 'Reply 1 or 2' })
  for (const reply of replies) session.hears(reply)
  expect(session.leftBy).toBe(leftBy)
  expect(session.texts).toEqual(['1 Sales 2 Support', 'Reply 1 or 2'].slice(0, replies[0] === '2' ? 1 : 2))
})

test('silence leaves by timeout, each try with its own time', () => {
  const session = sessionOn(menu, { ...data, timeout: 'PT10M' })
    .advance('9m')
    .hears('x')
    .advance('9m')
  expect(session.leftBy).toBeUndefined()
  expect(session.advance('1m').leftBy).toBe('timeout')
})

test.each([
  { mo: '2', node: 'no' },
  { mo: 'igen', node: 'yes' },
  { mo: 'JA', node: 'yes' },
  { mo: 'nem', node: 'no' },
  { mo: 'yes', node: 'yes' },
])('in a flow with translated options "$mo" leads to "$node"', ({ mo, node }) => {
  const position = { x: 0, y: 0 }
  const ends = ['yes', 'no', 'other'].map((id) => ({ id, type: 'end', position, data: { outcome: 'completed' } }))
  const options = [
    { id: 'yes', label: 'Yes', synonyms: [] },
    { id: 'no', label: 'No', synonyms: ['never'] },
  ]
  const { issues, failures } = playDocument(
    JSON.stringify({
      format: 'textloom/flow@1',
      id: 'f',
      name: 'F',
      languages: { base: 'en', others: ['hu', 'de'] },
      nodes: [
        { id: 'go', type: 'keyword', position, data: { keywords: ['GO'], match: 'only' } },
        { id: 'pick', type: 'menu', position, data: { text: 'Well?', options, retries: 0 } },
        ...ends,
      ],
      edges: [
        { id: 'e', source: 'go', sourceHandle: 'next', target: 'pick' },
        ...ends.map(({ id }) => ({ id: `to-${id}`, source: 'pick', sourceHandle: id, target: id })),
      ],
      translations: {
        hu: { 'pick.text': 'Nos?', 'pick.options[0].label': 'Igen', 'pick.options[1].synonyms': 'nem, soha' },
        de: { 'pick.text': 'Nun?', 'pick.options[0].label': 'Ja' },
      },
      tests: [{ name: mo, steps: [{ mo: 'go' }, { mt: 'Well?' }, { mo }, { visits: node }] }],
    }),
    registry,
  )
  expect(failures).toEqual([])
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([])
})
