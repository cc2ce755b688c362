import { expect, test } from 'vitest'
import { startLoop } from './loop.ts'

const turns = (count: number) =>
  Array.from({ length: count }).reduce<Promise<void>>(
    (before) => before.then(() => new Promise((resolve) => setImmediate(resolve))),
    Promise.resolve(),
  )

test('a loop that sleeps does its next pass when it is woken', async () => {
  let passes = 0
  const loop = startLoop(
    async () => {
      passes += 1
      return 3_600_000
    },
    () => undefined,
  )
  await turns(3)
  expect(passes).toBe(1)
  loop.wake()
  await turns(3)
  expect(passes).toBe(2)
  await loop.stop()
})

test('a wake-up during a pass is not lost', async () => {
  let passes = 0
  const loop = startLoop(
    async () => {
      passes += 1
      if (passes === 1) loop.wake()
      return 3_600_000
    },
    () => undefined,
  )
  await turns(5)
  expect(passes).toBe(2)
  await loop.stop()
})

test('a failing pass is reported and not hurried by those who wake it', async () => {
  const errors: string[] = []
  const loop = startLoop(
    () => Promise.reject(new Error(`failure ${errors.length}`)),
    (error) => errors.push(error.message),
  )
  for (let waking = 0; waking < 20; waking += 1) {
    await turns(1)
    loop.wake()
  }
  expect(errors).toEqual(['failure 0'])
  await expect.poll(() => errors.length).toBeGreaterThan(1)
  await loop.stop()
})

test('stopping lets the running pass end and begins no other', async () => {
  const finish = Promise.withResolvers<void>()
  let passes = 0
  const loop = startLoop(
    async () => {
      passes += 1
      await finish.promise
      return 0
    },
    () => undefined,
  )
  await turns(2)
  const stopped = loop.stop()
  finish.resolve()
  await stopped
  expect(passes).toBe(1)
})
