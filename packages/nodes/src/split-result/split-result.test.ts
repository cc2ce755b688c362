import { flowOf, playDocument } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { registry } from '../registry.ts'
import { splitResult } from './index.ts'
import type { SplitResultData } from './schema.ts'

const byScore: SplitResultData = {
  result: 'score',
  of: 'value',
  rules: [
    { id: 'high', op: 'number-gte', right: '9' },
    { id: 'mean', op: 'equals', right: '{{ vars.mean }}' },
  ],
}

test('its templates are the result, at its name, and what it is compared with', () => {
  const templatesOf = (data: SplitResultData) =>
    splitResult.templates?.(data).map(({ path, template }) => `${path}: ${template}`)
  expect(templatesOf(byScore)).toEqual([
    'result: {{ results.score.value }}',
    'rules[0].right: 9',
    'rules[1].right: {{ vars.mean }}',
  ])
  expect(templatesOf({ ...byScore, of: 'category' })?.[0]).toBe('result: {{ results.score.category }}')
})

test.each([
  { of: 'value' as const, title: 'Split by score' },
  { of: 'category' as const, title: 'Split by score category' },
])('a split by the $of is called "$title"', ({ of, title }) => {
  expect(splitResult.describe({ ...byScore, of })).toEqual({ title, body: 'is at least 9\nis {{ vars.mean }}' })
})

test('the rules are checked as those of a split are, at their places', () => {
  const [rule] = byScore.rules
  const issuesOf = (data: SplitResultData) => splitResult.check?.(data).map(({ code, path }) => `${code} at ${path}`)
  expect(issuesOf(byScore)).toEqual([])
  expect(issuesOf({ ...byScore, rules: [] })).toEqual(['split/no-rules at rules'])
  expect(issuesOf({ ...byScore, rules: rule ? [rule, { ...rule, id: 'b' }] : [] })).toEqual([
    'split/repeated-rule at rules[1]',
  ])
})

test.each([
  { recorded: 'score', on: 'the way', issues: [] },
  { recorded: 'scor', on: 'the way', issues: ['flow/undefined-variable at nodes[2].data.result'] },
  { recorded: 'score', on: 'another way', issues: ['flow/unset-variable at nodes[2].data.result'] },
])('a result "$recorded" recorded on $on has the issues $issues', ({ recorded, on, issues }) => {
  const end = { type: 'end', data: { outcome: 'completed' } }
  const data = { result: 'score', of: 'value', rules: [{ id: 'high', op: 'number-gte', right: '9' }] }
  const isOn = on === 'the way'
  const flow = flowOf({
    begin: { type: 'keyword', data: { keywords: ['go'], match: 'only' }, to: { next: isOn ? 'note' : 'which' } },
    note: { type: 'result', data: { name: recorded, value: '9' }, to: { next: isOn ? 'which' : 'end' } },
    which: { type: 'split-result', data, to: { high: isOn ? 'end' : 'note', other: 'end' } },
    end,
  })
  const played = playDocument(JSON.stringify(flow), registry)
  expect(played.issues.map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})
