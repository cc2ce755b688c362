import type { Clock } from '@textloom/core'
import type { StartRequested } from '../../host/incoming.ts'
import type { Dice } from './dice.ts'
import { CHANNELS } from './flows.ts'
import type { LedgerLine } from './ledger.ts'
import type { Timeline } from './timeline.ts'

/** A program that begins flows with a phone, often while one runs: each is asked for until that is taken. */
export function orderFlows({
  timeline,
  dice,
  clock,
  note,
  phone,
  untilMs,
  house,
}: {
  readonly timeline: Timeline
  readonly dice: Dice
  readonly clock: Clock
  readonly phone: string
  readonly untilMs: number
  readonly house: { request(event: StartRequested): Promise<boolean> }
  note(line: LedgerLine): void
}): void {
  let k = 0
  const order = () => {
    if (timeline.nowMs > untilMs) return
    k += 1
    const requestedAt = clock.now()
    const event: StartRequested = {
      kind: 'start',
      channel: CHANNELS.talking,
      phone,
      messageId: `order ${k}`,
      runId: `run ${k}`,
      flowId: 'ordered',
      params: { k },
      by: 'api',
      onBusy: 'queue',
      requestedAt,
      expiresAt: requestedAt + 3_600_000,
    }
    const ask = async () => {
      if (!(await house.request(event))) return void timeline.after(dice.between(100, 3_000), () => void ask())
      note({ at: timeline.nowMs, what: 'requested', phone, k: Number(event.params.k) })
      timeline.after(dice.between(10, 9_000), order)
    }
    void ask()
  }
  timeline.after(dice.between(0, 5_000), order)
}
