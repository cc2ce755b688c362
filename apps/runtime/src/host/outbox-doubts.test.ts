import type { Link } from '@textloom/core'
import { stoppedClock } from '@textloom/core/testing'
import { expect, test } from 'vitest'
import type { UnclaimMts } from '../db/hot/unclaim.ts'
import { outboxWrite } from '../testing/rows.ts'
import { diceOf } from '../testing/simulation/dice.ts'
import { SimulatedProcess } from '../testing/simulation/simulated-process.ts'
import { Timeline } from '../testing/simulation/timeline.ts'
import { linkBudgets } from './link-budgets.ts'
import { startSender } from './outbox.ts'

const link = { status: () => ({ state: 'bound', since: 0, inFlight: 0, windowSize: 5 }) } as Partial<Link> as Link
const nothing = { isOwner: true, claimed: [], dropped: [], earlyReceipts: [] }
const ignore = () => undefined

test('a store whose answer was lost is looked for at once, and once more when it may have come late', async () => {
  const timeline = new Timeline()
  const looks: (UnclaimMts & { readonly atMs: number })[] = []
  const sender = startSender({
    store: {
      settleAndClaim: () => Promise.resolve(nothing),
      unclaim: (claims) => Promise.resolve(looks.push({ ...claims, atMs: timeline.nowMs })),
    },
    clock: stoppedClock(),
    linkId: 'smsc',
    link,
    owner: 'us',
    holding: { resource: 'link:smsc:0', epoch: 7, previousAliveAt: null, isHeld: () => true, isSafe: () => true },
    rates: { budgets: () => ({}), take: ignore, waitMs: () => Number.POSITIVE_INFINITY },
    budget: linkBudgets().budgetOf('smsc'),
    policy: 'resend',
    asksLate: false,
    earlyReceipts: ignore,
    settled: ignore,
    failed: ignore,
    pauses: new SimulatedProcess(timeline, diceOf(1)).pauses,
  })
  const mt = outboxWrite({ channel: '4040', phone: '+15550001' }, 1, 0, { link: 'smsc', dueAt: 0 })
  await timeline.runUntil(1_000)
  expect(sender.reserve(mt)).toMatchObject({ owner: 'us', epoch: 7 })
  sender.inDoubt(mt)
  expect(sender.reserve(mt)).toBeUndefined()
  await timeline.runUntil(120_000)
  expect(looks).toMatchObject([
    { link: 'smsc', owner: 'us', epoch: 7, inFlight: [] },
    { link: 'smsc', owner: 'us', epoch: 7, inFlight: [] },
  ])
  expect(looks[1]!.atMs - looks[0]!.atMs).toBeGreaterThanOrEqual(30_000)
  expect(sender.reserve(mt)).toMatchObject({ owner: 'us' })
})
