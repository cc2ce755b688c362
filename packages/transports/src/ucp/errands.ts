import { Buffer } from 'node:buffer'
import type { Errand } from '../framed/errands.ts'
import type { Passwords } from '../framed/passwords.ts'
import type { UcpConfig } from './config.ts'
import { EC, type UcpDraft, type UcpFrame, ucpRequest } from './frame.ts'
import { STYP_60, STYP_61 } from './operations.ts'
import { errorCodeName } from './refusal.ts'

const VERSION = '0100'

/** Operation 60 (EMI/UCP 4.6 §6.3): opens the session with a password, or changes that password for `next`. */
export function sessionOperation(
  { user, userTon, userNpi }: Pick<UcpConfig, 'user' | 'userTon' | 'userNpi'>,
  password: string,
  next?: string,
): UcpDraft {
  return ucpRequest('60', {
    OAdC: user,
    OTON: String(userTon),
    ONPI: String(userNpi),
    STYP: next === undefined ? STYP_60.open : STYP_60.changePassword,
    PWD: hexOf(password),
    ...(next === undefined ? {} : { NPWD: hexOf(next) }),
    VERS: VERSION,
  })
}

/** What a UCP link does once it is logged in: changes its password (60), puts its addresses on the MO list (61). */
export function ucpErrands(config: UcpConfig, passwords: Passwords): readonly Errand<UcpFrame>[] {
  const next = passwords.toBecome
  return [
    ...(next === undefined ? [] : [passwordChange(config, passwords, next)]),
    ...config.moList.map((address) => listing(config, address)),
  ]
}

function passwordChange(config: UcpConfig, passwords: Passwords, next: string): Errand<UcpFrame> {
  return {
    name: 'the change of the password',
    request: sessionOperation(config, passwords.current, next),
    hear({ fields }) {
      if (fields.ack !== 'A') return { problem: `the SMSC refused it (${errorCodeName(fields.EC ?? '')})` }
      passwords.changed()
      return { facts: { password: 'changed' } }
    },
  }
}

function listing({ user, userTon, userNpi }: UcpConfig, address: string): Errand<UcpFrame> {
  const isInternational = address.startsWith('+')
  return {
    name: `address ${address} on the MO list`,
    request: ucpRequest('61', {
      OAdC: user,
      OTON: String(userTon),
      ONPI: String(userNpi),
      STYP: STYP_61.addToMoList,
      VERS: VERSION,
      LAdC: address.replace(/^\+/, ''),
      // International by E.164, or an abbreviated number in a private plan.
      LTON: isInternational ? '1' : '6',
      LNPI: isInternational ? '1' : '5',
    }),
    hear({ fields }) {
      if (fields.ack === 'A' || fields.EC === EC.inList) return {}
      return { problem: `the SMSC refused it (${errorCodeName(fields.EC ?? '')})` }
    },
  }
}

function hexOf(password: string): string {
  return Buffer.from(password, 'latin1').toString('hex').toUpperCase()
}
