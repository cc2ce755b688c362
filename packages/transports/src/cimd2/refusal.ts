import { TransportError } from '@textloom/core'
import type { LoginRefusal } from '../framed/session.ts'
import type { Cimd2ErrorCode } from './errors.ts'
import { type Cimd2Frame, errorCodeOf } from './frame.ts'

/** What an error code means for an MT. */
export interface Refusal {
  readonly code: Cimd2ErrorCode
  readonly retry: 'later' | 'never' | 'throttled'
  /** What the operator can do. */
  readonly advice: string
}

const throttled: Refusal = {
  code: 'cimd2/throttled',
  retry: 'throttled',
  advice: 'The link slows down by itself; if it stays so, lower messagesPerSecond or windowSize.',
}
const notLoggedIn: Refusal = {
  code: 'cimd2/not-logged-in',
  retry: 'later',
  advice: 'The link logs in again. If it stays so, check user and password of the link.',
}
const temporary: Refusal = { code: 'cimd2/temporary', retry: 'later', advice: 'It is tried again.' }
const destination: Refusal = {
  code: 'cimd2/invalid-destination',
  retry: 'never',
  advice: 'Check the number.',
}
const source: Refusal = {
  code: 'cimd2/invalid-source',
  retry: 'never',
  advice: "Check the channel's address, and senderPrefix of the link.",
}
const message: Refusal = {
  code: 'cimd2/invalid-message',
  retry: 'never',
  advice: 'Check longMessages of the link against what the operator takes.',
}
const request: Refusal = {
  code: 'cimd2/invalid-request',
  retry: 'never',
  advice: "Check the link's settings against the operator's.",
}
const unknown: Refusal = {
  code: 'cimd2/unknown-code',
  retry: 'later',
  advice: 'Ask the operator what it means; it is tried again.',
}

const UNEXPECTED_OPERATION = 1

/** The error codes of parameter 900 (CIMD 2 §6) that requests are answered with. */
const errorCodes: Readonly<Record<number, readonly [name: string, refusal: Refusal]>> = {
  [UNEXPECTED_OPERATION]: ['unexpected operation', notLoggedIn],
  2: ['syntax error', request],
  3: ['unsupported parameter', request],
  4: ['connection to the message centre lost', temporary],
  5: ['no response from the message centre', temporary],
  6: ['general system error', temporary],
  7: ['cannot find information', request],
  8: ['parameter formatting error', request],
  9: ['requested operation failed', temporary],
  10: ['temporary congestion', throttled],
  100: ['invalid login', notLoggedIn],
  101: ['incorrect access type', notLoggedIn],
  102: ['too many users with this login', notLoggedIn],
  103: ['login refused by the message centre', notLoggedIn],
  104: ['invalid window size', notLoggedIn],
  105: ['windowing disabled', notLoggedIn],
  106: ['virtual message centre barred', notLoggedIn],
  107: ['invalid subaddress', notLoggedIn],
  108: ['alias account, login refused', notLoggedIn],
  300: ['incorrect destination address', destination],
  301: ['incorrect number of destination addresses', destination],
  302: ['syntax error in the user data', message],
  303: ['incorrect combination of user data', message],
  304: ['incorrect data coding scheme', message],
  305: ['incorrect validity period', request],
  306: ['incorrect originator address', source],
  307: ['incorrect protocol identifier', request],
  308: ['incorrect first delivery', request],
  309: ['incorrect reply path', request],
  310: ['incorrect status report request', request],
  311: ['incorrect cancel enabled', request],
  312: ['incorrect priority', request],
  313: ['incorrect tariff class', request],
  314: ['incorrect service description', request],
  315: ['incorrect transport type', request],
  316: ['incorrect message type', request],
  318: ['incorrect mms', request],
  319: ['incorrect operation timer', request],
  320: ['incorrect dialogue', request],
  321: ['incorrect alphanumeric originator', source],
  322: ['invalid data for alphanumeric originator', source],
  400: ['incorrect address', request],
  401: ['incorrect time stamp', request],
  500: ['incorrect time stamp', request],
  501: ['incorrect mode', request],
  502: ['incorrect parameter combination', request],
  600: ['incorrect time stamp', request],
  601: ['incorrect address', request],
  602: ['incorrect mode', request],
  603: ['incorrect parameter combination', request],
  800: ['changing the password failed', request],
  801: ['changing the password is not allowed', request],
  900: ['unsupported item requested', request],
}

/** What an error code means: whether to try again, and what a person can do. */
export function refusalOf(errorCode: number): Refusal {
  return errorCodes[errorCode]?.[1] ?? unknown
}

/** An error code for people: `300, incorrect destination address`; the code alone where nobody names it. */
export function errorCodeName(errorCode: number): string {
  const name = errorCodes[errorCode]?.[0]
  const digits = String(errorCode).padStart(3, '0')
  return name === undefined ? `error code ${digits}` : `${digits}, ${name}`
}

/** The error for an MT that the SMSC refused. */
export function refusedMt(key: string, errorCode: number): TransportError {
  const { code, retry, advice } = refusalOf(errorCode)
  return new TransportError(code, `The SMSC refused MT ${key} (${errorCodeName(errorCode)}). ${advice}`, { retry })
}

const loginAdvice: Readonly<Record<number, string>> = {
  100: 'User or password is wrong: check them in the link.',
  101: 'The account may not do what the link wants: ask the operator for its access type.',
  102: 'The account is logged in already: another program uses it, or the SMSC still holds our last connection.',
  103: 'Ask the operator whether the account is active and may log in from this address.',
  104: 'Ask the operator how large the window may be, and set windowSize.',
  105: 'The operator agrees on no window at the login: turn asksForWindow off.',
}

/** A refused login in words for the operator; undefined for one that was taken. */
export function refusedLogin(answer: Cimd2Frame): LoginRefusal | undefined {
  const errorCode = errorCodeOf(answer)
  if (errorCode === undefined) return undefined
  const advice = loginAdvice[errorCode]
  const message = `The SMSC refused the login (${errorCodeName(errorCode)}). ${advice ?? 'It is tried again.'}`
  // Other errors, of a busy or broken SMSC, pass by themselves.
  return { message, isLasting: advice !== undefined }
}
