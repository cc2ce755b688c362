import {
  type ConsentAction,
  type Contact,
  consentAction,
  consentText,
  type Effect,
  type FlowDocument,
  type HttpEffect,
  type JsonObject,
  type NodeRegistry,
  type PathStep,
  parseTypedDuration,
  type Rest,
  type SessionEvent,
  type SimulatedContact,
  type SimulateInput,
  type StepResult,
  type StoredContext,
  type StoredSession,
  type StoredTimer,
  type TicketOutcome,
} from '@textloom/core'
import { type CompiledFlow, compileFlow } from '../compile.ts'
import { findStart, startFor } from '../start.ts'
import { mtOutput, outputsOf } from './effect-output.ts'
import type { OutputBody, SimulateOutput } from './output.ts'
import { seededRandom } from './seeded-random.ts'
import { SessionHost } from './session-host.ts'

/** What a simulated conversation is made of. */
export interface SimulatorOptions {
  /** A flow without errors. */
  readonly flow: FlowDocument
  readonly registry: NodeRegistry
  /** Flows that this one may call. */
  readonly otherFlows?: readonly FlowDocument[]
  /** All these flows compiled, by their ids, where that is done already. */
  readonly compiled?: ReadonlyMap<string, CompiledFlow>
  /** Default: `+15550001`, who speaks the base language of the flow. */
  readonly contact?: SimulatedContact
  /** The id of the channel; default `simulator`. */
  readonly channel?: string
  /** Epoch milliseconds; default 1 January 2026, 12:00 UTC. */
  readonly now?: number
  readonly seed?: number
  /** Values of `params.*`. */
  readonly params?: JsonObject
  /** Begin at once instead of waiting for a text; default when the flow has no keyword. */
  readonly start?: boolean
}

type HttpAnswer = Extract<SimulateInput, { http: unknown }>['http']

/** What one input, or the start, came to. */
interface Turn {
  readonly number: number
  readonly outputs: SimulateOutput[]
  readonly path: PathStep[]
  hasMoved: boolean
}

/**
 * Plays one conversation: the engine with a clock moved by hand and variables where the runtime has tables.
 * @example
 * const simulator = new Simulator({ flow, registry })
 * simulator.begin()
 * simulator.input({ mo: 'YES' })
 */
export class Simulator {
  readonly #options: SimulatorOptions
  readonly #flows: ReadonlyMap<string, CompiledFlow>
  readonly #host: SessionHost
  readonly #answers: HttpAnswer[] = []
  #openRequest: HttpEffect | undefined
  #ticket: string | undefined
  #linkOf: string | undefined
  #optedOut = false
  #rest: Rest | null = null
  #left: StoredContext | null = null
  #turn: Turn = newTurn(0)

  constructor(options: SimulatorOptions) {
    this.#options = options
    const {
      flow,
      otherFlows = [],
      compiled,
      registry,
      contact,
      channel = 'simulator',
      now = Date.UTC(2026, 0, 1, 12),
      seed = 1,
    } = options
    this.#flows = compiled ?? new Map([flow, ...otherFlows].map((each) => [each.id, compileFlow(each, registry)]))
    this.#host = new SessionHost({
      machineOf: (id) => this.#flow(id),
      contact: simulatedContact(flow, contact),
      channel: { id: channel, linkBase: 'https://example.org/l/' },
      now,
      random: seededRandom(seed),
      revisionOf: (id) => (this.#flows.has(id) ? id : undefined),
    })
  }

  /** The turn before the first input: begins the session if the flow does not wait for a text. */
  begin(): readonly SimulateOutput[] {
    const { flow, start = startsAtOnce(flow) } = this.#options
    const first = startFor(this.#flow(flow.id), ['api', 'campaign'])
    if (start && first) this.#start(first.id)
    return this.#endOfTurn()
  }

  /**
   * Takes one input.
   * @throws RangeError when `advance` names no duration
   */
  input(input: SimulateInput): readonly SimulateOutput[] {
    this.#turn = newTurn(this.#turn.number + 1)
    if ('mo' in input) this.#hear(input.mo)
    else if ('advance' in input) this.#advance(parseTypedDuration(input.advance))
    else if ('http' in input) this.#answers.push(input.http)
    else if ('dlr' in input) this.#deliver({ type: 'dlr', state: input.dlr })
    else if ('link' in input) this.#open()
    else if ('say' in input.agent) this.#say(input.agent.say)
    else this.#close(input.agent.close)
    this.#answerRequests()
    return this.#endOfTurn()
  }

  /** Nodes entered and exits taken in the last turn. */
  get path(): readonly PathStep[] {
    return this.#turn.path
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#host.now
  }

  /** The running session as the runtime would store it. */
  get session(): StoredSession | null {
    return this.#host.session
  }

  /** What the flow knows now, or knew when its last session ended; null before the first and after one that failed. */
  get memory(): StoredContext | null {
    return this.session?.frames.at(-1)?.snapshot.context ?? this.#left
  }

  /** What time will do to the session, its expiry among it. */
  get timers(): readonly StoredTimer[] {
    return this.#host.timers
  }

  #hear(text: string): void {
    const { flow } = this.#options
    const languages = [flow.languages.base, ...(flow.languages.others ?? []), this.#host.contact.language ?? '']
    const action = consentAction(text, {
      languages,
      awaitingReply: this.#rest?.for === 'reply',
      optedOut: this.#optedOut,
    })
    if (action) this.#consent(action)
    else if (this.#optedOut) this.#put({ type: 'ignored', reason: 'opted-out' })
    else if (this.#rest) this.#deliver({ type: 'mo', text })
    else this.#startBy(text)
  }

  /** STOP, START and HELP are answered before any flow (CONTRACT §3). A second STOP is not confirmed again. */
  #consent(action: ConsentAction): void {
    if (action === 'stop' && this.#optedOut) {
      this.#put({ type: 'ignored', reason: 'already-opted-out' })
      return
    }
    if (action !== 'help') this.#put({ type: 'contact', consent: action === 'stop' ? 'out' : 'in' })
    this.#put(this.#mt(consentText(action, this.#host.contact.language)))
    if (action === 'stop') this.#optedOut = true
    if (action === 'start') this.#optedOut = false
    if (action === 'stop' && this.#rest) this.#deliver({ type: 'interrupt' })
  }

  /** The contact opens the link that was sent last. */
  #open(): void {
    if (this.#linkOf === undefined || !this.#rest) this.#put({ type: 'ignored', reason: 'no-session' })
    else this.#deliver({ type: 'link', node: this.#linkOf })
  }

  /** The agent who has the ticket writes. */
  #say(text: string): void {
    if (this.#ticket === undefined) this.#put({ type: 'ignored', reason: this.#rest ? 'not-waiting' : 'no-session' })
    else this.#put(this.#mt(text))
  }

  #close(outcome: TicketOutcome): void {
    const id = this.#ticket
    this.#ticket = undefined
    if (id === undefined) this.#put({ type: 'ignored', reason: this.#rest ? 'not-waiting' : 'no-session' })
    else this.#deliver({ type: 'ticket', id, outcome })
  }

  #advance(durationMs: number): void {
    for (const result of this.#host.advance(durationMs)) {
      this.#record(result)
      this.#answerRequests()
    }
  }

  #startBy(text: string): void {
    const { id } = this.#options.flow
    const found = findStart([{ revision: id, compiled: this.#flow(id) }], {
      text,
      groups: this.#host.contact.groups,
    })
    if (found) this.#start(found.node, text)
    else this.#put({ type: 'ignored', reason: 'no-match' })
  }

  #start(node: string, text?: string): void {
    const { flow, params = {} } = this.#options
    const event = { type: 'start', node, params, ...(text === undefined ? {} : { text }) } as const
    this.#record(this.#host.deliver(event, flow.id))
    this.#answerRequests()
  }

  #deliver(event: SessionEvent): void {
    this.#record(this.#host.deliver(event))
  }

  /** Gives queued answers to open requests, one to each attempt. */
  #answerRequests(): void {
    while (this.#openRequest) {
      const answer = this.#answers.shift()
      if (!answer) return
      const { id } = this.#openRequest
      this.#openRequest = undefined
      this.#deliver(answerEvent(id, answer))
    }
  }

  #record(result: StepResult): void {
    if (result.ignored) {
      if (result.ignored !== 'stale') this.#put({ type: 'ignored', reason: result.ignored })
      return
    }
    this.#turn.hasMoved = true
    this.#turn.path.push(...result.path)
    this.#rest = result.rest
    this.#left = result.left ?? null
    for (const effect of result.effects) this.#apply(effect)
  }

  #apply(effect: Effect): void {
    // Nothing of a flow reaches a contact who has opted out.
    const isHeld = effect.kind === 'sendMt' && this.#optedOut
    if (!isHeld) for (const output of outputsOf(effect, this.#host.contact.phone)) this.#put(output)
    switch (effect.kind) {
      case 'sendMt':
        if (effect.link) this.#linkOf = effect.node
        break
      case 'http':
        this.#openRequest = effect
        break
      case 'http.cancel':
        if (this.#openRequest?.id === effect.id) this.#openRequest = undefined
        break
      case 'contact': {
        const { change } = effect
        if ('consent' in change && change.topic === undefined) this.#optedOut = change.consent === 'out'
        break
      }
      case 'ticket':
        this.#ticket = effect.id
        break
      case 'ticket.withdraw':
        if (this.#ticket === effect.id) this.#ticket = undefined
        break
      case 'end':
        this.#openRequest = undefined
        this.#ticket = undefined
        this.#linkOf = undefined
    }
  }

  #mt(text: string): OutputBody {
    return mtOutput({ text }, this.#host.contact.phone)
  }

  #put({ type, ...body }: OutputBody): void {
    const place = { turn: this.#turn.number, at: new Date(this.#host.now).toISOString() }
    this.#turn.outputs.push({ type, ...place, ...body } as SimulateOutput)
  }

  #endOfTurn(): readonly SimulateOutput[] {
    if (this.#turn.hasMoved && this.#rest) {
      const { node, for: waits, until } = this.#rest
      const untilAt = until === null ? null : new Date(until).toISOString()
      this.#put({ type: 'wait', for: waits, until: untilAt, node })
    }
    return this.#turn.outputs
  }

  #flow(id: string): CompiledFlow {
    const compiled = this.#flows.get(id)
    if (!compiled) throw new Error(`There is no flow "${id}".`)
    return compiled
  }
}

/** Does a conversation begin by itself? A flow with a keyword waits for its text. */
export function startsAtOnce(flow: FlowDocument): boolean {
  return !flow.nodes.some(({ type }) => type === 'keyword')
}

function simulatedContact({ languages }: FlowDocument, contact: SimulatedContact = {}): Contact {
  const { phone = '+15550001', name, language = languages.base, timezone, fields = {}, groups = [] } = contact
  return {
    phone,
    ...(name === undefined ? {} : { name }),
    language,
    ...(timezone === undefined ? {} : { timezone }),
    fields,
    groups,
  }
}

function newTurn(number: number): Turn {
  return { number, outputs: [], path: [], hasMoved: false }
}

function answerEvent(id: string, answer: HttpAnswer): SessionEvent {
  if ('error' in answer) return { type: 'http.error', id, error: answer.error }
  const body = answer.json ?? answer.text
  return { type: 'http.done', id, status: answer.status, ...(body === undefined ? {} : { body }) }
}
