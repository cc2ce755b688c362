import type { OutboundMt, SendResult, TransportError } from '@textloom/core'
import { PartialSends } from '../segments/partial-sends.ts'
import type { MessageIds } from './message-ids.ts'
import { ESME } from './pdu/status.ts'
import { failedMt, refusedMt } from './refusal.ts'
import { type SubmitSettings, submitRequests } from './submit.ts'
import type { Answer, Request } from './window.ts'

/** Sends MTs over a session. */
export class Sender {
  readonly #settings: SubmitSettings
  readonly #ids: MessageIds
  readonly #sends = new PartialSends()

  constructor(settings: SubmitSettings, ids: MessageIds) {
    this.#settings = settings
    this.#ids = ids
  }

  /** @throws TransportError if any segment was not accepted. */
  async send(mt: OutboundMt, request: (submit: Request<'submit_sm'>) => Promise<Answer>): Promise<SendResult> {
    return this.#sends.send(mt.key, submitRequests(mt, this.#settings), (submit) =>
      this.#sendOne(mt.key, submit, request),
    )
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
}
