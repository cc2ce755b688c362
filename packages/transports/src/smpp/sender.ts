import type { OutboundMt, SendResult, TransportError } from '@textloom/core'
import type { MessageIds } from './message-ids.ts'
import { ESME } from './pdu/status.ts'
import { failedMt, refusedMt } from './refusal.ts'
import { type SubmitSettings, submitRequests } from './submit.ts'
import type { Answer, Request } from './window.ts'

/** MTs of which some segments were accepted and others not, that are remembered for their next attempt. */
const REMEMBERED_PARTIAL = 1_000

/** The provider's id of each segment by its position; segments that are not accepted are absent. */
type Accepted = ReadonlyMap<number, string>

/**
 * Sends MTs over a session. An MT of which the SMSC took only some segments is finished by its next attempt, which sends
 * the others only: nothing that was accepted leaves twice.
 */
export class Sender {
  readonly #settings: SubmitSettings
  readonly #ids: MessageIds
  readonly #partial = new Map<string, Accepted>()

  constructor(settings: SubmitSettings, ids: MessageIds) {
    this.#settings = settings
    this.#ids = ids
  }

  /** @throws TransportError if any segment was not accepted. */
  async send(mt: OutboundMt, request: (submit: Request<'submit_sm'>) => Promise<Answer>): Promise<SendResult> {
    const submits = submitRequests(mt, this.#settings)
    const before = this.#partial.get(mt.key)
    const outcomes = await Promise.all(
      submits.map((submit, position) => {
        const providerId = before?.get(position)
        return providerId === undefined ? this.#sendOne(mt.key, submit, request) : providerId
      }),
    )
    const accepted = outcomes.filter((outcome) => typeof outcome === 'string')
    this.#partial.delete(mt.key)
    if (accepted.length === outcomes.length) return { providerIds: accepted }
    if (accepted.length > 0) this.#remember(mt.key, outcomes)
    throw mostTelling(outcomes.filter((outcome) => typeof outcome !== 'string'))
  }

  async #sendOne(
    key: string,
    submit: Request<'submit_sm'>,
    request: (submit: Request<'submit_sm'>) => Promise<Answer>,
  ): Promise<string | TransportError> {
    try {
      const answer = await request(submit)
      if (answer.status !== ESME.ROK || answer.command !== 'submit_sm_resp') return refusedMt(key, answer.status)
      return this.#ids.ofSubmit(answer.fields.message_id)
    } catch (error) {
      return failedMt(key, error)
    }
  }

  #remember(key: string, outcomes: readonly (string | TransportError)[]): void {
    const entries = [...outcomes.entries()].filter((entry): entry is [number, string] => typeof entry[1] === 'string')
    this.#partial.set(key, new Map(entries))
    const [oldest] = this.#partial.keys()
    if (this.#partial.size > REMEMBERED_PARTIAL && oldest !== undefined) this.#partial.delete(oldest)
  }
}

/** Of several failures the one that decides: no attempt can succeed, or nobody knows, or the first. */
function mostTelling(errors: readonly TransportError[]): TransportError | undefined {
  return errors.find(({ retry }) => retry === 'never') ?? errors.find(({ inDoubt }) => inDoubt) ?? errors[0]
}
