import type { DlrState } from '@textloom/core'
import type { Pdu } from '../pdu/pdu.ts'
import { ESME } from '../pdu/status.ts'
import type { PeerRequest } from '../session-host.ts'
import { messageStateOf } from './compose.ts'

interface Kept {
  readonly source: string
  state: DlrState
}

const MOST_KEPT = 10_000

/** What a pretend SMSC knows of the segments it accepted: it answers query_sm and cancel_sm out of this. */
export class KeptMessages {
  readonly #kept = new Map<string, Kept>()

  accept(id: string, { fields }: Pdu<'submit_sm'>): void {
    this.#kept.set(id, { source: fields.source_addr, state: 'enroute' })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest)
  }

  /** Its fate is sealed now. False if it was taken back before. */
  settle(id: string, state: DlrState): boolean {
    const kept = this.#kept.get(id)
    if (kept?.state === 'deleted') return false
    if (kept !== undefined) kept.state = state
    return true
  }

  /** Answers, and says whether that took a message back. */
  answer(pdu: Pdu<'query_sm' | 'cancel_sm'>, answer: PeerRequest['answer']): boolean {
    const { message_id, source_addr } = pdu.fields
    const kept = this.#kept.get(message_id)
    if (kept === undefined || kept.source !== source_addr) {
      answer(ESME.RINVMSGID)
      return false
    }
    if (pdu.command === 'query_sm') {
      answer(ESME.ROK, { message_id, final_date: '', message_state: messageStateOf(kept.state), error_code: 0 })
      return false
    }
    const isWaiting = kept.state === 'enroute'
    if (isWaiting) kept.state = 'deleted'
    answer(isWaiting ? ESME.ROK : ESME.RCANCELFAIL)
    return isWaiting
  }
}
