import { bucketOf } from '../db/bucket.ts'
import type { HostEvent, Outcome } from './incoming.ts'
import type { Lane } from './lane.ts'
import { type Pauses, realPauses } from './pauses.ts'
import { StoreUnavailable } from './store-unavailable.ts'
import { Ticket } from './ticket.ts'

/**
 * The one door by which everything enters. Resolves once the event and all that came of it are durable.
 * @throws StoreUnavailable when that was not possible within the time an event is held
 */
export type Submit = (event: HostEvent) => Promise<Outcome>

/** The door with its handles. */
export interface Door {
  readonly submit: Submit
  /** How many events are inside. */
  readonly length: () => number
  /** Lets nothing in any more and resolves when everything inside is settled; what is not after `graceMs` is refused. */
  close(graceMs: number): Promise<void>
}

/** CONTRACT §6 (1): while storing fails, the answer is held so long. */
const HOLD_MS = 10_000
const SWEEP_MS = 250

export interface DoorOptions {
  readonly lanes: readonly Lane[]
  readonly holdMs?: number
  /** Why the database could not be asked last, to say it to those who waited in vain. */
  readonly lastTrouble?: () => Error | undefined
  readonly pauses?: Pauses
}

/** Opens the door to the lanes. */
export function openDoor({ lanes, holdMs = HOLD_MS, lastTrouble, pauses = realPauses }: DoorOptions): Door {
  // In the order in which they came in, which is the order in which they time out.
  const inside = new Map<Ticket, number>()
  const byMessageId = new Map<string, Ticket>()
  let isClosed = false
  let endSweeping: (() => void) | undefined

  function sweep(): void {
    endSweeping = inside.size === 0 ? undefined : pauses.after(SWEEP_MS, sweep)
    for (const [ticket, enteredAt] of inside) {
      if (pauses.nowMs() - enteredAt < holdMs) return
      ticket.reject(new StoreUnavailable(lastTrouble?.()))
    }
  }

  function enter(event: HostEvent): Promise<Outcome> {
    const lane = lanes[bucketOf(event.channel, event.phone) % lanes.length]
    if (isClosed || lane === undefined)
      return Promise.reject(new StoreUnavailable(new Error('the runtime is stopping')))
    const name = 'messageId' in event ? `${event.channel}\0${event.messageId}` : undefined
    // The same thing twice while the first is still inside: both wait for the one.
    const twin = name === undefined ? undefined : byMessageId.get(name)
    if (twin !== undefined) return twin.settled
    const ticket = new Ticket(event)
    inside.set(ticket, pauses.nowMs())
    if (name !== undefined) byMessageId.set(name, ticket)
    endSweeping ??= pauses.after(SWEEP_MS, sweep)
    const leave = () => {
      inside.delete(ticket)
      if (name !== undefined) byMessageId.delete(name)
      if (inside.size > 0) return
      endSweeping?.()
      endSweeping = undefined
    }
    ticket.settled.then(leave, leave)
    lane.push(ticket)
    return ticket.settled
  }

  return {
    submit: enter,
    length: () => inside.size,
    async close(graceMs) {
      isClosed = true
      const noLonger = pauses.after(graceMs, () => {
        for (const ticket of inside.keys()) ticket.reject(new StoreUnavailable(lastTrouble?.()))
      })
      await Promise.allSettled([...inside.keys()].map(({ settled }) => settled))
      noLonger()
    },
  }
}
