import { expect, test } from 'vitest'
import { createRunStore } from './run-store.ts'

test('a step that a session came back to is counted, leaving it is not', () => {
  const run = createRunStore()
  run.showPath(
    [{ node: 'menu' }, { node: 'menu', handle: 'other' }, { node: 'menu' }, { node: 'menu', handle: 'hours' }],
    undefined,
  )
  expect(run.getState().visits).toEqual(new Map([['menu', 2]]))
  expect(run.getState().taken).toEqual(new Set(['menu:other', 'menu:hours']))
})
