import { TransportError } from '@textloom/core'
import type { LoginRefusal } from '../framed/session.ts'
import type { UcpErrorCode } from './errors.ts'
import { EC, type UcpFrame } from './frame.ts'

/** What an error code means for an MT. */
export interface Refusal {
  readonly code: UcpErrorCode
  readonly retry: 'later' | 'never' | 'throttled'
  /** What the operator can do. */
  readonly advice: string
}

const throttled: Refusal = {
  code: 'ucp/throttled',
  retry: 'throttled',
  advice: 'The link slows down by itself; if it stays so, ask the operator what the account may send and how fast.',
}
const notLoggedIn: Refusal = {
  code: 'ucp/not-logged-in',
  retry: 'later',
  advice: 'The link logs in again. If it stays so, check user and password of the link.',
}
const temporary: Refusal = { code: 'ucp/temporary', retry: 'later', advice: 'It is tried again.' }
const rejected: Refusal = {
  code: 'ucp/rejected',
  retry: 'never',
  advice: 'Ask the operator what the account may send.',
}
const destination: Refusal = {
  code: 'ucp/invalid-destination',
  retry: 'never',
  advice: 'Check the number, and internationalPrefix of the link.',
}
const message: Refusal = {
  code: 'ucp/invalid-message',
  retry: 'never',
  advice: 'Check alphabet and longMessages of the link against what the operator takes.',
}
const request: Refusal = {
  code: 'ucp/invalid-request',
  retry: 'never',
  advice: "Check the link's settings against the operator's.",
}
const unknown: Refusal = {
  code: 'ucp/unknown-code',
  retry: 'later',
  advice: 'Ask the operator what it means; it is tried again.',
}

/** The error codes (EMI/UCP 4.6, table of error codes): their names, and what each means for an MT. */
const errorCodes: Readonly<Record<string, readonly [name: string, refusal: Refusal]>> = {
  '01': ['checksum error', temporary],
  '02': ['syntax error', request],
  '03': ['operation not supported', request],
  '04': ['operation not allowed at this time', throttled],
  '05': ['call barring active', rejected],
  '06': ['AdC invalid', destination],
  '07': ['authentication failure', notLoggedIn],
  '08': ['legitimisation code for all calls, failure', rejected],
  '09': ['GA not valid', destination],
  '10': ['repetition not allowed', rejected],
  '11': ['legitimisation code for repetition, failure', rejected],
  '12': ['priority call not allowed', rejected],
  '13': ['legitimisation code for priority call, failure', rejected],
  '14': ['urgent message not allowed', rejected],
  '15': ['legitimisation code for urgent message, failure', rejected],
  '16': ['reverse charging not allowed', rejected],
  '17': ['legitimisation code for reverse charging, failure', rejected],
  '18': ['deferred delivery not allowed', request],
  '19': ['new AC not valid', request],
  '20': ['new legitimisation code not valid', request],
  '21': ['standard text not valid', message],
  '22': ['time period not valid', request],
  '23': ['message type not supported', message],
  '24': ['message too long', message],
  '25': ['requested standard text not valid', message],
  '26': ['message type not valid for the pager type', message],
  '27': ['message not found', request],
  '28': ['invalid character set', message],
  '30': ['subscriber hang-up', temporary],
  '31': ['fax group not supported', request],
  '32': ['fax message type not supported', request],
  '33': ['address already in list', request],
  '34': ['address not in list', request],
  '35': ['list full', request],
  '36': ['RPID already in use', temporary],
  '37': ['delivery in progress', temporary],
  '38': ['message forwarded', rejected],
}

/** What an error code means: whether to try again, and what a person can do. */
export function refusalOf(errorCode: string): Refusal {
  return errorCodes[errorCode]?.[1] ?? unknown
}

/** An error code for people: `04, operation not allowed at this time`; the code alone where nobody names it. */
export function errorCodeName(errorCode: string): string {
  const name = errorCodes[errorCode]?.[0]
  return name === undefined ? `error code ${errorCode || 'left out'}` : `${errorCode}, ${name}`
}

/** The error for an MT that the SMSC refused. */
export function refusedMt(key: string, { fields }: UcpFrame): TransportError {
  const { EC: errorCode = '' } = fields
  const { code, retry, advice } = refusalOf(errorCode)
  return new TransportError(code, `The SMSC refused MT ${key} (${errorCodeName(errorCode)}). ${advice}`, { retry })
}

const loginAdvice: Readonly<Record<string, string>> = {
  [EC.authentication]: 'User or password is wrong: check them in the link.',
  [EC.notAllowedNow]:
    'The account is logged in already, or may not log in from this address: another program uses it, or the SMSC still ' +
    'holds our last connection.',
  [EC.unsupported]: 'The SMSC knows no login: leave the password of the link empty.',
}

/** A refused login in words for the operator; undefined for one that was taken. */
export function refusedLogin({ fields }: UcpFrame): LoginRefusal | undefined {
  if (fields.ack === 'A') return undefined
  const { EC: errorCode = '' } = fields
  const advice = loginAdvice[errorCode] ?? 'Ask the operator whether the account is active.'
  // Only octets that were hurt on the way mend themselves.
  return {
    message: `The SMSC refused the login (${errorCodeName(errorCode)}). ${advice}`,
    isLasting: errorCode !== EC.checksum,
  }
}
