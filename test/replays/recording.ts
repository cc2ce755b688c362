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
import { compileFlow, findStart, SessionHost, seededRandom, startFor } from '@textloom/engine'
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
  readonly came: Pick<StepResult, 'effects' | 'rest'>
}

/** Sessions of one flow, as a release kept them. */
export interface Replay {
  readonly flow: FlowDocument
  readonly moments: readonly Moment[]
}

const noon = Date.UTC(2026, 0, 1, 12)

/** Plays the saved tests of a flow and keeps the session before each event: what later releases must still move. */
export function record(flow: FlowDocument): Replay {
  return { flow, moments: (flow.tests ?? []).flatMap((test) => momentsOf(flow, test)) }
}

function momentsOf(flow: FlowDocument, test: SavedTest): Moment[] {
  const compiled = compileFlow(flow, registry)
  const { phone = '+15550001', language = flow.languages.base, fields = {}, groups = [] } = test.contact ?? {}
  const host = new RecordingHost({
    machineOf: () => compiled,
    contact: { phone, language, fields: fields as JsonObject, groups },
    channel: { id: 'replay' },
    now: noon,
    random: seededRandom(1),
  })
  const begin = (node: string, text?: string) =>
    host.deliver(
      { type: 'start', node, params: (test.params ?? {}) as JsonObject, ...(text === undefined ? {} : { text }) },
      'r',
    )
  const first = startFor(compiled, ['api'])
  if ((test.start ?? !flow.nodes.some(({ type }) => type === 'keyword')) && first) begin(first.id)
  for (const step of test.steps) {
    if ('mo' in step && host.session) host.deliver({ type: 'mo', text: step.mo })
    else if ('mo' in step) {
      const found = findStart([{ revision: 'r', compiled }], { text: step.mo })
      if (found) begin(found.node, step.mo)
    } else if ('advance' in step) for (const _ of host.advance(parseTypedDuration(step.advance)));
    else if ('http' in step) host.answer(step.http)
  }
  return host.moments
}

type HttpAnswer = Extract<SimulateInput, { http: unknown }>['http']

class RecordingHost extends SessionHost {
  readonly moments: Moment[] = []
  readonly #answers: HttpAnswer[] = []
  #rev = 0
  #request: string | undefined

  override deliver(event: SessionEvent, revision?: string): StepResult {
    const { session, timers, now, contact } = this
    this.#rev += 1
    const result = super.deliver(event, revision)
    const { effects, rest } = result
    this.moments.push({ session, timers, event, now, rev: this.#rev, contact, came: { effects, rest } })
    for (const effect of effects) if (effect.kind === 'http') this.#request = effect.id
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
