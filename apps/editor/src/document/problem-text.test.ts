import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { dataPath, problemText } from './problem-text.ts'

const issue = (path: string, message: string) =>
  ({ code: 'flow/schema', severity: 'error', kind: 'structure', path, message }) as const

describe('a problem', () => {
  test.each([
    {
      type: 'menu',
      path: 'nodes[1].data.options[0].label',
      message: 'nodes[1].data.options[0].label must not be empty.',
      says: '“Label” must not be empty.',
    },
    {
      type: 'ask',
      path: 'nodes[1].data.variable',
      message: 'nodes[1].data.variable must begin with a letter.',
      says: '“Keep the answer in” must begin with a letter.',
    },
    {
      type: 'menu',
      path: 'nodes[1]',
      message: 'The exit "Hours" (hours) leads nowhere: connect it to a node.',
      says: 'The exit "Hours" leads nowhere: connect it to a step.',
    },
    {
      type: 'message',
      path: 'nodes[1]',
      message: 'The text "one node (a)" leads to 2 nodes (of 3).',
      says: 'The text "one node (a)" leads to 2 steps (of 3).',
    },
    {
      type: 'message',
      path: 'nodes[1].data.text',
      message: '"text" (hu) takes 2 segments because of “ő”.',
      says: '"text" (hu) takes 2 segments because of “ő”.',
    },
    { type: undefined, path: 'name', message: 'name is missing.', says: 'name is missing.' },
  ])('at $path says "$says"', ({ type, path, message, says }) => {
    expect(problemText(issue(path, message), type === undefined ? undefined : registry.get(type))).toBe(says)
  })
})

test.each([
  { path: 'options[0].label', keys: ['options', 0, 'label'] },
  { path: 'headers["X-Key"]', keys: ['headers', 'X-Key'] },
  { path: '', keys: [] },
])('the path "$path" is $keys', ({ path, keys }) => {
  expect(dataPath(path)).toEqual(keys)
})
