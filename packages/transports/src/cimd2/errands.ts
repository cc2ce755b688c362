import { instantOf } from '@textloom/core'
import type { Brought, Errand } from '../framed/errands.ts'
import type { Passwords } from '../framed/passwords.ts'
import type { Cimd2Config } from './config.ts'
import { type Cimd2Frame, type Cimd2Parameter, cimd2Request, errorCodeOf, parameterOf } from './frame.ts'
import { DELIVERY_REQUEST, OP, P } from './operations.ts'
import { errorCodeName } from './refusal.ts'

/**
 * What a CIMD2 link does once it is logged in (CIMD 2 §4): changes its password (08), asks what time it is at the SMSC (09),
 * and asks for the MOs that wait (05).
 */
export function cimd2Errands(
  config: Cimd2Config,
  passwords: Passwords,
  now: () => number,
): readonly Errand<Cimd2Frame>[] {
  const next = passwords.toBecome
  return [
    ...(next === undefined ? [] : [passwordChange(passwords, next)]),
    ...(config.asksForTime ? [timeQuestion(config, now)] : []),
    ...(config.fetchEveryMs > 0 ? [fetching(config)] : []),
  ]
}

function passwordChange(passwords: Passwords, next: string): Errand<Cimd2Frame> {
  return errand('the change of the password', OP.set, [[P.password, next]], () => {
    passwords.changed()
    return { facts: { password: 'changed' } }
  })
}

function timeQuestion({ timezone }: Cimd2Config, now: () => number): Errand<Cimd2Frame> {
  return errand('the time of the SMSC', OP.get, [[P.getParameter, String(P.smscTime)]], (answer) => {
    const at = timeIn(parameterOf(answer, P.smscTime) ?? '', timezone)
    if (at === undefined) return { problem: 'the answer has no time in it' }
    return { facts: { clockAheadS: Math.round((at - now()) / 1000) } }
  })
}

function fetching({ fetchEveryMs }: Cimd2Config): Errand<Cimd2Frame> {
  const mode = [P.deliveryRequestMode, DELIVERY_REQUEST.all] as const
  return { ...errand('the request for MOs', OP.deliveryRequest, [mode], () => ({})), everyMs: fetchEveryMs }
}

function errand(
  name: string,
  operation: number,
  parameters: readonly Cimd2Parameter[],
  taken: (answer: Cimd2Frame) => Brought,
): Errand<Cimd2Frame> {
  return {
    name,
    request: cimd2Request(operation, parameters),
    hear(answer) {
      const errorCode = errorCodeOf(answer)
      return errorCode === undefined ? taken(answer) : { problem: `the SMSC refused it (${errorCodeName(errorCode)})` }
    },
  }
}

/** Epoch milliseconds of `YYMMDDhhmmss` by the clock of a zone; undefined for what is none. */
function timeIn(text: string, zone: string): number | undefined {
  if (!/^\d{12}$/.test(text)) return undefined
  const [year, month, day, hour, minute, second] = Array.from({ length: 6 }, (_, index) =>
    Number(text.slice(index * 2, index * 2 + 2)),
  ) as [number, number, number, number, number, number]
  return instantOf({ year: 2000 + year, month, day, hour, minute, second, millisecond: 0 }, zone)
}
