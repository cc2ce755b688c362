import type { Happening, StartKind, StartText, StepInput, StepResult, StoredSession, WhenBusy } from '@textloom/core'
import { type CompiledFlow, findStart, type StartCandidate, startFor, step } from '@textloom/engine'
import type { ChannelRoute } from './channel-route.ts'
import type { MachineOf } from './machines.ts'
import { type QueueNow, queueNow } from './queues.ts'
import type { RandomOf } from './random.ts'
import type { ReplyLoops } from './reply-loops.ts'
import type { Routing } from './routing.ts'

/** Where a flow may begin. */
export interface StartPoint {
  readonly flowId: string
  readonly revision: string
  readonly node: string
  /** What happens where a session of another flow runs. */
  readonly whenBusy: WhenBusy
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
  findStart(channel: string, mo: StartText): (StartPoint & { readonly takesAnyText: boolean }) | undefined
  /** The first start among the flows published on a channel that waits for this to happen. */
  startOn(channel: string, kind: StartKind, happening?: Happening): StartPoint | undefined
  /**
   * Where the revision of `flowId` that a channel goes by begins: at `node` if that is a start there, else at the first
   * start of these kinds, else at any; `isAsked` for one of these kinds.
   */
  startOf(
    channel: string,
    flowId: string,
    how: { readonly kinds: readonly StartKind[]; readonly node?: string | undefined },
  ): (StartPoint & { readonly isAsked: boolean }) | undefined
  flowOf(revision: string): string
  /** The name of a flow, as people know it. */
  nameOf(revision: string): string
  /** Where a ticket goes, and whether anybody is there now; `timezone` is that of the channel. */
  queueNow(ticket: { readonly queue: string; readonly topic?: string }, timezone?: string): QueueNow
  /** Tells machines that answer whatever they are sent; absent where texts are people's. */
  readonly loops?: ReplyLoops
  /** What tracked links begin with. */
  readonly linkBase: string
  /** True while the session rests where a reply is an answer. */
  awaitsReply(session: StoredSession): boolean
  step(input: Omit<StepInput, 'now' | 'random' | 'revisionOf'>, seed: string): StepResult
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
  readonly randomOf: RandomOf
  readonly loops?: ReplyLoops
  /** What tracked links begin with. */
  readonly linkBase: string
}

/** What the start for any text scores: a start that scores more knows what it wants. */
const ANY_TEXT_SCORE = 1

/** The world as it is now. */
export function worldOf(parts: WorldParts): World {
  const { now, routing, machineOf, sendingLink, newId, randomOf, linkBase, loops } = parts
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
    ...(loops !== undefined && { loops }),
    sendingLink,
    newId,
    linkBase,
    flowOf,
    nameOf: (revision) => usable(machineOf, revision)?.name ?? flowOf(revision),
    queueNow: (ticket, timezone) => queueNow(routing.queues, ticket, { now, timezone }),
    route: (channel) => routing.channels.get(channel),
    findStart(channel, mo) {
      const found = findStart(candidates(channel), { ...mo, channel })
      if (found === null) return undefined
      return { ...found, flowId: flowOf(found.revision), takesAnyText: found.score <= ANY_TEXT_SCORE }
    },
    startOn(channel, kind, happening = {}) {
      for (const { revision, compiled } of candidates(channel)) {
        const start = startFor(compiled, [kind], happening)
        if (start !== undefined) return { ...pointAt(start), flowId: flowOf(revision), revision }
      }
      return undefined
    },
    startOf(channel, flowId, { kinds, node }) {
      const flow = routing.listening(channel, flowId)
      const compiled = flow && usable(machineOf, flow.revision)
      if (flow === undefined || compiled === undefined) return undefined
      const start = compiled.starts.find(({ id }) => id === node) ?? startFor(compiled, kinds)
      if (start === undefined) return undefined
      const { on } = start.nodeType.start ?? {}
      return { ...flow, ...pointAt(start), isAsked: on !== undefined && kinds.includes(on) }
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
    step: (input, seed) =>
      step(machineOf, {
        ...input,
        now,
        random: randomOf(seed),
        revisionOf: (flow) => routing.listening(input.channel.id, flow)?.revision,
      }),
  }
}

function pointAt({ id, nodeType, data }: CompiledFlow['starts'][number]): Pick<StartPoint, 'node' | 'whenBusy'> {
  return { node: id, whenBusy: nodeType.start?.whenBusy(data) ?? 'skip' }
}

function usable(machineOf: MachineOf, revision: string): ReturnType<MachineOf> | undefined {
  try {
    return machineOf(revision)
  } catch {
    return undefined
  }
}
