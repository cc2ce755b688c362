import { statuses } from './definitions.ts'

/** The statuses that this package answers with or decides by (SMPP 3.4 §5.1.3). */
export const ESME = {
  ROK: status('ESME_ROK'),
  RINVMSGLEN: status('ESME_RINVMSGLEN'),
  RINVCMDLEN: status('ESME_RINVCMDLEN'),
  RINVCMDID: status('ESME_RINVCMDID'),
  RINVBNDSTS: status('ESME_RINVBNDSTS'),
  RALYBND: status('ESME_RALYBND'),
  RSYSERR: status('ESME_RSYSERR'),
  RINVSRCADR: status('ESME_RINVSRCADR'),
  RINVDSTADR: status('ESME_RINVDSTADR'),
  RBINDFAIL: status('ESME_RBINDFAIL'),
  RINVPASWD: status('ESME_RINVPASWD'),
  RINVSYSID: status('ESME_RINVSYSID'),
  RMSGQFUL: status('ESME_RMSGQFUL'),
  RINVMSGID: status('ESME_RINVMSGID'),
  RCANCELFAIL: status('ESME_RCANCELFAIL'),
  RQUERYFAIL: status('ESME_RQUERYFAIL'),
  RINVSERTYP: status('ESME_RINVSERTYP'),
  RINVNUMDESTS: status('ESME_RINVNUMDESTS'),
  RINVDESTFLAG: status('ESME_RINVDESTFLAG'),
  RSUBMITFAIL: status('ESME_RSUBMITFAIL'),
  RINVSYSTYP: status('ESME_RINVSYSTYP'),
  RTHROTTLED: status('ESME_RTHROTTLED'),
  RINVSCHED: status('ESME_RINVSCHED'),
  RINVEXPIRY: status('ESME_RINVEXPIRY'),
  RX_T_APPN: status('ESME_RX_T_APPN'),
  RX_P_APPN: status('ESME_RX_P_APPN'),
  RINVTLVSTREAM: status('ESME_RINVTLVSTREAM'),
  RINVTLVLEN: status('ESME_RINVTLVLEN'),
} as const

const names: ReadonlyMap<number, string> = new Map(Object.entries(statuses).map(([name, number]) => [number, name]))

/** A status for people: `ESME_RTHROTTLED, 0x58`; the number alone where no specification names it. */
export function statusName(number: number): string {
  const hex = `0x${number.toString(16).toUpperCase().padStart(2, '0')}`
  const name = names.get(number)
  return name === undefined ? `status ${hex}` : `${name}, ${hex}`
}

function status(name: string): number {
  const number = statuses[name]
  if (number === undefined) throw new Error(`npm smpp does not define ${name}.`)
  return number
}
