import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { splitChannel } from './index.ts'

test.each([
  { channels: [{ id: 'a', channel: 'test' }], leftBy: 'a' },
  {
    channels: [
      { id: 'a', channel: 'main' },
      { id: 'b', channel: 'test' },
    ],
    leftBy: 'b',
  },
  { channels: [{ id: 'a', channel: 'TEST' }], leftBy: 'other' },
])('on the channel "test" the list $channels is left by $leftBy', ({ channels, leftBy }) => {
  expect(sessionOn(splitChannel, { channels }).leftBy).toBe(leftBy)
})

test('a channel that stands on the list twice is reached once', () => {
  const channels = ['a', 'b'].map((id) => ({ id, channel: 'main' }))
  expect(splitChannel.check?.({ channels }).map(({ code, path }) => `${code} at ${path}`)).toEqual([
    'picks/never at channels[1].channel',
  ])
})
