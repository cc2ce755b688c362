import { createHash, timingSafeEqual } from 'node:crypto'
import { ESME } from '../smpp/pdu/status.ts'

/** Who may bind. */
export interface Accounts {
  /** The status that answers a bind with these: ESME_ROK where they are right. */
  statusOf(systemId: string, password: string): number
}

/** Accounts by their system id; one without a password is closed. */
export function accountsOf(passwords: ReadonlyMap<string, string>): Accounts {
  const open = new Map([...passwords].filter(([, password]) => password !== ''))
  return {
    statusOf(systemId, password) {
      const wanted = open.get(systemId)
      // As much is compared for a system id that nobody has.
      const isRight = isSame(password, wanted ?? `${password} `)
      if (wanted === undefined) return ESME.RINVSYSID
      return isRight ? ESME.ROK : ESME.RINVPASWD
    },
  }
}

/** Takes the same time whatever is wrong, and however long it is. */
function isSame(given: string, wanted: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(wanted))
}
