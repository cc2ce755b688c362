import {
  type Contact,
  type FlowDocument,
  type Json,
  type JsonObject,
  parseTypedDuration,
  type SavedTest,
  type SessionEvent,
  type SimulateInput,
  type StepResult,
  type StoredSession,
  type StoredTimer,
} from '@textloom/core'
import { type CompiledFlow, compileFlow, findStart, SessionHost, seededRandom, startFor } from '@textloom/engine'
import { registry } from '@textloom/nodes'

/** A session as a release stored it, what happened to it then, and what came of it. */
export interface Moment {
  readonly session: StoredSession | null
  readonly timers: readonly StoredTimer[]
  readonly event: SessionEvent
  /** Epoch milliseconds. */
  readonly now: number
  readonly rev: number
  readonly contact: Contact
  /** The id of the channel; `replay` when absent. */
  readonly channel?: string
  readonly came: Pick<StepResult, 'effects' | 'rest'>
}

/** Sessions of one flow, as a release kept them. */
export interface Replay {
  readonly flow: FlowDocument
  /** Flows that it calls; the revision of each is its id. */
  readonly others?: readonly FlowDocument[]
  readonly moments: readonly Moment[]
}

const noon = Date.UTC(2026, 0, 1, 12)

/** The revision of the flow that a session began. */
export const ownRevision = 'r'

/** The flow of each revision that the sessions of a replay name. */
export function revisionsOf({ flow, others = [] }: Omit<Replay, 'moments'>): ReadonlyMap<string, CompiledFlow> {
  const flows = [[ownRevision, flow] as const, ...others.map((other) => [other.id, other] as const)]
  return new Map(flows.map(([revision, each]) => [revision, compileFlow(each, registry)]))
}

/** Plays the saved tests of a flow and keeps the session before each event: what later releases must still move. */
export function record(flow: FlowDocument, others: readonly FlowDocument[] = []): Replay {
  const flows = { flow, ...(others.length > 0 && { others }) }
  return { ...flows, moments: (flow.tests ?? []).flatMap((test) => momentsOf(flows, test)) }
}

function momentsOf(flows: Omit<Replay, 'moments'>, test: SavedTest): Moment[] {
  const { flow } = flows
  const revisions = revisionsOf(flows)
  const compiled = compiledOf(revisions, ownRevision)
  const host = new RecordingHost({
    machineOf: (revision) => compiledOf(revisions, revision),
    revisionOf: (id) => (revisions.has(id) ? id : undefined),
    contact: contactOf(flow, test),
    channel: { id: test.channel ?? 'replay' },
    now: test.now === undefined ? noon : Date.parse(test.now),
    random: seededRandom(1),
  })
  if (test.channel !== undefined) host.channel = { channel: test.channel }
  const begin = (node: string, text?: string) =>
    host.deliver(
      { type: 'start', node, params: (test.params ?? {}) as JsonObject, ...(text === undefined ? {} : { text }) },
      ownRevision,
    )
  const first = startFor(compiled, ['api'])
  if ((test.start ?? !flow.nodes.some(({ type }) => type === 'keyword')) && first) begin(first.id)
  for (const step of test.steps) {
    if ('mo' in step && host.session) host.deliver({ type: 'mo', text: step.mo })
    else if ('mo' in step) {
      const found = findStart([{ revision: ownRevision, compiled }], { text: step.mo })
      if (found) begin(found.node, step.mo)
    } else if ('advance' in step) for (const _ of host.advance(parseTypedDuration(step.advance)));
    else if ('http' in step) host.answer(step.http)
    else if ('dlr' in step) host.deliver({ type: 'dlr', state: step.dlr })
    else if ('link' in step && host.linkOf !== undefined) host.deliver({ type: 'link', node: host.linkOf })
    else if ('agent' in step && 'close' in step.agent && host.ticket !== undefined) {
      host.deliver({ type: 'ticket', id: host.ticket, outcome: step.agent.close })
    }
  }
  return host.moments
}

/**
 * The flow of a revision.
 * @throws when the replay holds none
 */
export function compiledOf(revisions: ReadonlyMap<string, CompiledFlow>, revision: string): CompiledFlow {
  const compiled = revisions.get(revision)
  if (!compiled) throw new Error(`The replay holds no revision "${revision}".`)
  return compiled
}

function contactOf({ languages }: FlowDocument, { contact = {} }: SavedTest): Contact {
  const { phone = '+15550001', name, language = languages.base, timezone, fields = {}, groups = [] } = contact
  return {
    phone,
    ...(name !== undefined && { name }),
    language,
    ...(timezone !== undefined && { timezone }),
    fields: fields as JsonObject,
    groups,
  }
}

type HttpAnswer = Extract<SimulateInput, { http: unknown }>['http']

class RecordingHost extends SessionHost {
  readonly moments: Moment[] = []
  readonly #answers: HttpAnswer[] = []
  #rev = 0
  #request: string | undefined
  /** Where it is held, if it matters. */
  channel: { readonly channel?: string } = {}
  /** The ticket that is open. */
  ticket: string | undefined
  /** The node whose link was sent last. */
  linkOf: string | undefined

  override deliver(event: SessionEvent, revision?: string): StepResult {
    const { session, timers, now, contact, channel } = this
    this.#rev += 1
    const result = super.deliver(event, revision)
    const { effects, rest } = result
    this.moments.push({ session, timers, event, now, rev: this.#rev, contact, ...channel, came: { effects, rest } })
    for (const effect of effects) {
      if (effect.kind === 'http') this.#request = effect.id
      if (effect.kind === 'ticket') this.ticket = effect.id
      if (effect.kind === 'sendMt' && effect.link) this.linkOf = effect.node
    }
    if (!result.stored) this.#request = undefined
    this.#giveAnswers()
    return result
  }

  answer(answer: HttpAnswer): void {
    this.#answers.push(answer)
    this.#giveAnswers()
  }

  #giveAnswers(): void {
    const id = this.#request
    const answer = id === undefined ? undefined : this.#answers.shift()
    if (id === undefined || !answer) return
    this.#request = undefined
    this.deliver(
      'error' in answer
        ? { type: 'http.error', id, error: answer.error }
        : {
            type: 'http.done',
            id,
            status: answer.status,
            ...(answer.json === undefined ? {} : { body: answer.json as Json }),
          },
    )
  }
}
