import { afterEach, expect, test } from 'vitest'
import { remote, serve } from './rpc.ts'

const methods = {
  double: (value: number) => value * 2,
  later: async (value: string) => value.toUpperCase(),
  fail: () => {
    throw new Error('Nothing to be done.')
  },
}
let channel: MessageChannel

function connected() {
  channel = new MessageChannel()
  serve(channel.port1, methods)
  const there = remote<typeof methods>(channel.port2)
  channel.port1.start()
  channel.port2.start()
  return there
}

afterEach(() => {
  channel.port1.close()
})

test('a call comes back with its answer, many at once', async () => {
  const there = connected()
  expect(await Promise.all([there.double(4), there.later('hi'), there.double(5)])).toEqual([8, 'HI', 10])
})

test('what fails there fails here with the same sentence', async () => {
  await expect(connected().fail()).rejects.toThrow('Nothing to be done.')
})

test('a method that is not served is an error and no hang', async () => {
  const there = connected() as unknown as { constructor(): Promise<unknown> }
  await expect(there.constructor()).rejects.toThrow('Nothing called "constructor" is served here.')
})
