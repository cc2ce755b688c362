import type { AnyTransportType, Link } from '@textloom/core'
import { stoppedClock } from '@textloom/core/testing'
import { expect, test } from 'vitest'
import type { Sql } from '../db/sql.ts'
import { linkBudgets } from '../host/link-budgets.ts'
import type { Holding } from '../host/ownership.ts'
import { realPauses } from '../host/pauses.ts'
import { type LineDeps, openLine } from './line.ts'

const link: Link = {
  start: () => undefined,
  status: () => ({ state: 'bound', since: 0, inFlight: 0, windowSize: 1 }),
  send: () => Promise.reject(new Error('Nothing is to be sent here.')),
  stop: () => Promise.resolve(),
}
const transport = { kind: 'silent', open: () => link } as unknown as AnyTransportType
const sql = { query: () => Promise.resolve([]) } as unknown as Sql

/** Opens a line while time goes by at once; `passed` is called as often as the opening waits. */
function open(holding: Pick<Holding, 'isHeld' | 'isSafe'>, passed: () => void) {
  const pauses = {
    ...realPauses,
    after(_ms: number, done: () => void) {
      passed()
      setImmediate(done)
      return () => undefined
    },
  }
  const deps = {
    sql,
    clock: stoppedClock(),
    owner: 'us',
    rates: { budgets: () => ({}), take: () => undefined, waitMs: () => 0 },
    budgets: linkBudgets(),
    policy: 'resend',
    settled: () => undefined,
    failed: () => undefined,
    log: () => undefined,
    pauses,
  } as unknown as LineDeps
  const whole = { resource: 'link:north:0', epoch: 1, previousAliveAt: null, ...holding }
  return openLine({ id: 'north', transport, config: {} }, whole, deps, () => undefined)
}

test('a link whose lease came too late to rely on opens once it is renewed', async () => {
  let waits = 0
  const line = await open({ isHeld: () => true, isSafe: () => waits > 2 }, () => {
    waits += 1
  })
  expect(line?.link).toBe(link)
  expect(waits).toBe(3)
  await line?.stop(0)
})

test('a link that was lost before it could open stays closed', async () => {
  let isHeld = true
  const line = await open({ isHeld: () => isHeld, isSafe: () => false }, () => {
    isHeld = false
  })
  expect(line).toBeUndefined()
})
