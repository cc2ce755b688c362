import type { StartText, StepInput, StepResult, StoredSession, WhenBusy } from '@textloom/core'
import { findStart, type StartCandidate, step } from '@textloom/engine'
import type { ChannelRoute } from './channel-route.ts'
import type { MachineOf } from './machines.ts'
import { seededRandom } from './random.ts'
import type { Routing } from './routing.ts'

/** Where a flow may begin. */
export interface StartPoint {
  readonly flowId: string
  readonly revision: string
  readonly node: string
}

/**
 * Everything a turn consults besides the session and the event: fixed while a batch is computed, so that a turn is a
 * pure function.
 */
export interface World {
  readonly now: number
  /** Undefined where the channel does not exist (any more). */
  route(channel: string): ChannelRoute | undefined
  /** The link that is to send for a channel now. */
  sendingLink(route: ChannelRoute): string | null
  /** The best start for a text among the flows published on a channel. */
  findStart(channel: string, mo: StartText): (StartPoint & { readonly whenBusy: WhenBusy }) | undefined
  /** The first start of the revision of `flowId` that is published on a channel. */
  firstStart(channel: string, flowId: string): StartPoint | undefined
  flowOf(revision: string): string
  /** True while the session rests where a reply is an answer. */
  awaitsReply(session: StoredSession): boolean
  step(input: Omit<StepInput, 'now' | 'random'>, seed: string): StepResult
  newId(): string
}

/** What a world is made of. */
export interface WorldParts {
  readonly now: number
  readonly routing: Routing
  /** Every revision that the world may meet is at hand. */
  readonly machineOf: MachineOf
  /** The first link of a channel that can send now. */
  readonly sendingLink: World['sendingLink']
  readonly newId: () => string
}

/** The world as it is now. */
export function worldOf({ now, routing, machineOf, sendingLink, newId }: WorldParts): World {
  const listening = new Map<string, readonly StartCandidate[]>()
  const candidates = (channel: string): readonly StartCandidate[] => {
    const found =
      listening.get(channel) ??
      routing.flowsOn(channel).flatMap(({ revision }) => {
        const compiled = usable(machineOf, revision)
        return compiled === undefined ? [] : [{ revision, compiled }]
      })
    listening.set(channel, found)
    return found
  }
  const flowOf = (revision: string) => routing.flowOf(revision) ?? usable(machineOf, revision)?.id ?? ''
  return {
    now,
    sendingLink,
    newId,
    flowOf,
    route: (channel) => routing.channels.get(channel),
    findStart(channel, mo) {
      const found = findStart(candidates(channel), { ...mo, channel })
      return found === null ? undefined : { ...found, flowId: flowOf(found.revision) }
    },
    firstStart(channel, flowId) {
      const flow =
        routing.flowsOn(channel).find((listening) => listening.flowId === flowId) ?? routing.publishedAnywhere(flowId)
      const node = flow && usable(machineOf, flow.revision)?.starts[0]?.id
      return flow && node ? { ...flow, node } : undefined
    },
    awaitsReply({ frames }) {
      const frame = frames.at(-1)
      const compiled = frame && usable(machineOf, frame.revision)
      return (
        compiled !== undefined &&
        frame !== undefined &&
        compiled.waitsOf(compiled.nodeOf(frame.snapshot.value)) === 'reply'
      )
    },
    step: (input, seed) => step(machineOf, { ...input, now, random: seededRandom(seed) }),
  }
}

function usable(machineOf: MachineOf, revision: string): ReturnType<MachineOf> | undefined {
  try {
    return machineOf(revision)
  } catch {
    return undefined
  }
}
