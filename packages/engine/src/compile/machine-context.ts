import type { ChannelInfo, Contact, ContactChange, Random, SessionEvent, StoredContext } from '@textloom/core'

/** The context of a machine while one step runs. Only the part of `StoredContext` is stored afterwards. */
export interface MachineContext extends StoredContext {
  readonly contact: Contact
  readonly channel: ChannelInfo
  readonly moment: Moment
  /** The last change of the contact. */
  readonly change?: ContactChange
}

/** What comes in with one step. It travels in the context, because XState's own events within a step carry nothing. */
export interface Moment {
  readonly event: SessionEvent
  /** Epoch milliseconds. */
  readonly now: number
  readonly random: Random
  /** Set by the guard or update that threw: XState keeps only the words of what a guard throws. */
  thrown?: { readonly cause: unknown; readonly node?: string }
}

/** The part of a machine's context that is stored. */
export function storedContext({ vars, params, results, reply, memory }: StoredContext): StoredContext {
  return { vars, params, results, reply, memory }
}
