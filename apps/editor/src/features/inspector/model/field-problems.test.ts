import type { Issue } from '@textloom/core'
import { expect, test } from 'vitest'
import { fieldProblems, otherProblems, problemsAt } from './field-problems.ts'

const issue = (path: string): Issue => ({
  code: 'a/b',
  severity: 'error',
  kind: 'soundness',
  node: 'n',
  path,
  message: path.replace('nodes', 'at '),
})

const problems = fieldProblems(
  [
    issue('nodes[12].data.text'),
    issue('nodes[12].data.options[0].label'),
    issue('nodes[12].data.options'),
    issue('nodes[12]'),
    issue('nodes[12].data'),
    issue('nodes[12].type'),
  ],
  undefined,
)

test('paths are those within the data; what is no part of it belongs to the node', () => {
  expect(problems.map(({ path }) => path)).toEqual(['text', 'options[0].label', 'options', '', '', ''])
})

test.each([
  ['text', false, ['at [12].data.text']],
  ['options', false, ['at [12].data.options']],
  ['options', true, ['at [12].data.options[0].label', 'at [12].data.options']],
  ['option', true, []],
])('at %s (with its parts: %s)', (place, within, messages) => {
  expect(problemsAt(problems, place, within).map(({ message }) => message)).toEqual(messages)
})

test('what no field shows is left for the head of the form', () => {
  expect(otherProblems(problems, ['text', 'options']).map(({ message }) => message)).toEqual([
    'at [12]',
    'at [12].data',
    'at [12].type',
  ])
})
