import {
  type AnyNodeType,
  type Contact,
  type Effect,
  type EndEffect,
  type HttpEffect,
  type Json,
  type JsonObject,
  type PathStep,
  parseTypedDuration,
  type Rest,
  type ResultEffect,
  type SessionEvent,
  type StepResult,
  type StoredContext,
  type StoredSession,
  type StoredTimer,
} from '@textloom/core'
import { type CompiledFlow, compileFlow } from '../compile.ts'
import { seededRandom } from '../simulator/seeded-random.ts'
import { SessionHost } from '../simulator/session-host.ts'
import { findStart } from '../start.ts'
import { type FlowAroundOptions, flowAround, registryAround } from './flow-around.ts'

/** What can be chosen about a session on a node. */
export interface SessionOnOptions extends FlowAroundOptions {
  readonly contact?: Partial<Contact>
  /** Values of `params.*`. */
  readonly values?: JsonObject
  /** Epoch milliseconds; default 1 January 2026, 12:00 UTC. */
  readonly now?: number
  readonly seed?: number
}

/** An answer to the open HTTP request, as `textloom simulate` takes it. */
export type HttpAnswer =
  | { readonly status: number; readonly json?: Json; readonly text?: string }
  | { readonly error: 'timeout' | 'network' }

/**
 * A session that stands in a node of this type, in the smallest flow around it. A start node stands ready for a text
 * instead. Everything the session remembers is written as JSON and read again before each event.
 * @example
 * expect(sessionOn(ask, data).hears('YES').leftBy).toBe('yes')
 */
export function sessionOn(nodeType: AnyNodeType, data: JsonObject, options: SessionOnOptions = {}): SessionOnNode {
  const compiled = compileFlow(flowAround(nodeType, data, options), registryAround(nodeType))
  const session = new SessionOnNode(nodeType, compiled, options)
  return nodeType.start ? session : session.begins()
}

/** A conversation with one node. Methods return the session itself, so that a line reads as a sentence. */
export class SessionOnNode {
  readonly compiled: CompiledFlow
  /** All effects of the whole conversation, in order. */
  readonly effects: Effect[] = []
  /** All nodes entered and exits taken. */
  readonly path: PathStep[] = []
  /** What the last event came to. */
  last: StepResult | undefined
  readonly #host: SessionHost
  readonly #nodeType: AnyNodeType
  readonly #values: JsonObject

  constructor(nodeType: AnyNodeType, compiled: CompiledFlow, options: SessionOnOptions) {
    this.compiled = compiled
    this.#nodeType = nodeType
    this.#values = options.values ?? {}
    this.#host = new SessionHost({
      machineOf: () => compiled,
      contact: { phone: '+15550001', language: 'en', fields: {}, groups: [], ...options.contact },
      channel: { id: 'test', address: '4040' },
      now: options.now ?? Date.UTC(2026, 0, 1, 12),
      random: seededRandom(options.seed ?? 1),
    })
  }

  /** The start that needs no text. */
  begins(): this {
    return this.#start(this.compiled.starts[0]?.id ?? '')
  }

  /** The contact writes. Without a running session the text starts the flow, if it fits. */
  hears(text: string): this {
    if (this.#host.session) return this.gets({ type: 'mo', text })
    const found = findStart([{ revision: 'test', compiled: this.compiled }], { text })
    return found ? this.#start(found.node, text) : this
  }

  /** Time passes, given as `PT2H` or `2h`; every timer fires at its due time. */
  advance(duration: string): this {
    for (const result of this.#host.advance(parseTypedDuration(duration))) this.#keep(result)
    return this
  }

  /** The open HTTP request is answered. */
  httpAnswers(answer: HttpAnswer): this {
    const id = this.requests.at(-1)?.id ?? this.#nodeType.type
    if ('error' in answer) return this.gets({ type: 'http.error', id, error: answer.error })
    const body = answer.json ?? answer.text
    return this.gets({ type: 'http.done', id, status: answer.status, ...(body === undefined ? {} : { body }) })
  }

  /** Any other event. */
  gets(event: SessionEvent): this {
    return this.#keep(this.#host.deliver(event))
  }

  /** The exit by which the session left the node last; undefined while it stands in it. */
  get leftBy(): string | undefined {
    const steps = this.path.filter(({ node }) => node === this.#nodeType.type)
    const step = steps.at(-1)
    return step?.kind === 'exit' ? step.handle : undefined
  }

  /** The texts of all MTs, in order. */
  get texts(): string[] {
    return this.effects.flatMap((effect) => (effect.kind === 'sendMt' ? [effect.text] : []))
  }

  /** All HTTP requests, each attempt for itself. */
  get requests(): HttpEffect[] {
    return this.effects.filter((effect) => effect.kind === 'http')
  }

  /** All results recorded. */
  get recorded(): ResultEffect[] {
    return this.effects.filter((effect) => effect.kind === 'result')
  }

  /** What the session remembers; undefined when none runs. */
  get context(): StoredContext | undefined {
    return this.session?.frames.at(-1)?.snapshot.context
  }

  get vars(): StoredContext['vars'] {
    return this.context?.vars ?? {}
  }

  get session(): StoredSession | null {
    return this.#host.session
  }

  get timers(): readonly StoredTimer[] {
    return this.#host.timers
  }

  get rest(): Rest | null {
    return this.last?.rest ?? null
  }

  get now(): number {
    return this.#host.now
  }

  /** How the session ended, with its failure if it failed; undefined while it runs. */
  get end(): EndEffect | undefined {
    const effect = this.effects.at(-1)
    return effect?.kind === 'end' ? effect : undefined
  }

  #start(node: string, text?: string): this {
    const event = { type: 'start', node, params: this.#values, ...(text === undefined ? {} : { text }) } as const
    return this.#keep(this.#host.deliver(event, 'test'))
  }

  #keep(result: StepResult): this {
    this.last = result
    this.effects.push(...result.effects)
    this.path.push(...result.path)
    return this
  }
}
