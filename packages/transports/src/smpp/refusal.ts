import { TransportError } from '@textloom/core'
import { RequestError } from '../connection/request-error.ts'
import type { SmppErrorCode } from './errors.ts'
import { statuses } from './pdu/definitions.ts'
import { PduError } from './pdu/errors.ts'
import { statusName } from './pdu/status.ts'

/** What a status of submit_sm_resp means for the MT. */
export interface Refusal {
  readonly code: SmppErrorCode
  readonly retry: 'later' | 'never' | 'throttled'
  /** What the operator can do. */
  readonly advice: string
}

const throttled: Refusal = {
  code: 'smpp/throttled',
  retry: 'throttled',
  advice: 'The link slows down by itself; if it stays so, lower messagesPerSecond or windowSize.',
}
const temporary: Refusal = { code: 'smpp/temporary', retry: 'later', advice: 'It is tried again.' }
const rejected: Refusal = {
  code: 'smpp/rejected',
  retry: 'never',
  advice: 'Ask the operator what the account may send.',
}
const destination: Refusal = {
  code: 'smpp/invalid-destination',
  retry: 'never',
  advice: 'Check the number, and destTon/destNpi of the link.',
}
const source: Refusal = {
  code: 'smpp/invalid-source',
  retry: 'never',
  advice: "Check the channel's address, and sourceTon/sourceNpi of the link.",
}
const message: Refusal = {
  code: 'smpp/invalid-message',
  retry: 'never',
  advice: 'Check dataCoding0 and longMessages of the link against what the operator takes.',
}
const request: Refusal = {
  code: 'smpp/invalid-request',
  retry: 'never',
  advice: "Check the link's settings against the operator's.",
}
const unknown: Refusal = {
  code: 'smpp/unknown-status',
  retry: 'later',
  advice: 'Ask the operator what it means; it is tried again.',
}

/**
 * What each status means (SMPP 3.4 §5.1.3, 5.0 §4.7.6). ESME_RSUBMITFAIL and ESME_RMSGQFUL are how SMSCs answer beyond
 * their window, so that they slow the link down like ESME_RTHROTTLED.
 */
const refusals: Readonly<Record<string, Refusal>> = {
  ESME_RTHROTTLED: throttled,
  ESME_RMSGQFUL: throttled,
  ESME_RSUBMITFAIL: throttled,
  ESME_RSYSERR: temporary,
  ESME_RINVBNDSTS: temporary,
  ESME_RX_T_APPN: temporary,
  ESME_RDELIVERYFAILURE: temporary,
  ESME_RUNKNOWNERR: temporary,
  ESME_RSERTYPUNAVAIL: temporary,
  ESME_RX_P_APPN: rejected,
  ESME_RX_R_APPN: rejected,
  ESME_RPROHIBITED: rejected,
  ESME_RSERTYPUNAUTH: rejected,
  ESME_RSERTYPDENIED: rejected,
  ESME_RINVDSTADR: destination,
  ESME_RINVDSTTON: destination,
  ESME_RINVDSTNPI: destination,
  ESME_RINVDSTADDRSUBUNIT: destination,
  ESME_RINVSRCADR: source,
  ESME_RINVSRCTON: source,
  ESME_RINVSRCNPI: source,
  ESME_RINVSRCADDRSUBUNIT: source,
  ESME_RINVMSGLEN: message,
  ESME_RINVDCS: message,
  ESME_RINVESMCLASS: message,
}

/** What a status other than ESME_ROK means: whether to try again, and what a person can do. */
export function refusalOf(status: number): Refusal {
  const name = nameOf.get(status)
  if (name === undefined) return unknown
  // What is left says that a field of the request is wrong, which no repetition mends.
  return refusals[name] ?? request
}

/** The error for an MT that the SMSC refused. */
export function refusedMt(key: string, status: number): TransportError {
  const { code, retry, advice } = refusalOf(status)
  return new TransportError(code, `The SMSC refused MT ${key} (${statusName(status)}). ${advice}`, { retry })
}

/** The error for an MT that was not answered, or could not be written. */
export function failedMt(key: string, cause: unknown): TransportError {
  if (cause instanceof TransportError) return cause
  if (cause instanceof PduError) {
    const text = `MT ${key} cannot be written: ${cause.message}. Check its addresses.`
    return new TransportError('smpp/unencodable-address' satisfies SmppErrorCode, text, { retry: 'never', cause })
  }
  if (!(cause instanceof RequestError)) throw cause
  const text = `MT ${key}: ${cause.message}`
  switch (cause.reason) {
    case 'not-sent':
      return new TransportError('smpp/not-bound' satisfies SmppErrorCode, text, { retry: 'later', cause })
    case 'no-response':
      return new TransportError('smpp/no-response' satisfies SmppErrorCode, text, {
        retry: 'later',
        inDoubt: true,
        cause,
      })
    case 'lost':
      return new TransportError('smpp/link-lost' satisfies SmppErrorCode, text, {
        retry: 'later',
        inDoubt: true,
        cause,
      })
  }
}

const nameOf: ReadonlyMap<number, string> = new Map(Object.entries(statuses).map(([name, number]) => [number, name]))
