import { setTimeout as pause } from 'node:timers/promises'

/** Waits, in real time, for what another process does. @throws Error that says what never came */
export async function until<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  what: string | (() => string),
  withinMs = 15_000,
): Promise<Value> {
  const deadlineMs = performance.now() + withinMs
  for (;;) {
    const value = await look()
    if (value !== undefined && value !== false) return value
    if (performance.now() > deadlineMs) {
      throw new Error(`Waited ${withinMs / 1000} s in vain for ${typeof what === 'string' ? what : what()}.`)
    }
    await pause(10)
  }
}
