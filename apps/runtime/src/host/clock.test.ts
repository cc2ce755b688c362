import { describe, expect, test } from 'vitest'
import { databaseClock } from './clock.ts'

function clockOn(machine: { ms: number }) {
  const clock = databaseClock(() => machine.ms)
  clock.sync(1_000_000, machine.ms, machine.ms)
  return clock
}

describe('the host clock', () => {
  test('tells database time plus what has gone by since', () => {
    const machine = { ms: 50 }
    const clock = clockOn(machine)
    machine.ms += 1_234
    expect(clock.now()).toBe(1_001_234)
  })

  test('follows a database that is ahead', () => {
    const machine = { ms: 0 }
    const clock = clockOn(machine)
    clock.sync(1_000_500, 0, 0)
    expect(clock.now()).toBe(1_000_500)
  })

  test('stands still while the database is a little behind, and never goes back', () => {
    const machine = { ms: 0 }
    const clock = clockOn(machine)
    machine.ms = 2_000
    expect(clock.now()).toBe(1_002_000)
    clock.sync(1_001_000, 2_000, 2_000)
    expect(clock.now()).toBe(1_002_000)
    machine.ms = 3_500
    expect(clock.now()).toBe(1_002_500)
  })

  test('keeps counting when the database was set back by days', () => {
    const machine = { ms: 0 }
    const clock = clockOn(machine)
    machine.ms = 1_000
    clock.sync(1_000_000 - 172_800_000, 1_000, 1_000)
    machine.ms = 2_000
    expect(clock.now()).toBe(1_002_000)
  })

  test('takes the middle of a slow answer', () => {
    const machine = { ms: 400 }
    const clock = databaseClock(() => machine.ms)
    clock.sync(1_000_000, 0, 400)
    expect(clock.now()).toBe(1_000_200)
  })
})
