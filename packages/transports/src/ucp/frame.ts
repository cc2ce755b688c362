import type { Frame, Unnumbered } from '../framed/frame.ts'

/** A UCP frame: an operation (`O`) or its result (`R`). */
export interface UcpFrame extends Frame {
  /** TRN, 0 to 99. */
  readonly number: number
  /** Two digits. */
  readonly operation: string
  /** By the names of the specification; empty ones may be left out. Fields of an unknown operation are named by place. */
  readonly fields: Readonly<Record<string, string>>
}

export type UcpDraft = Unnumbered<UcpFrame>

/** A request of this side. */
export function ucpRequest(operation: string, fields: UcpFrame['fields']): UcpDraft {
  return { isAnswer: false, operation, fields }
}

/** The result that takes a request. */
export function ucpAck({ operation }: Pick<UcpFrame, 'operation'>, sm = ''): UcpDraft {
  return { isAnswer: true, operation, fields: { ack: 'A', ...(sm === '' ? {} : { SM: sm }) } }
}

/** The result that refuses a request, with an error code of two digits. */
export function ucpNack({ operation }: Pick<UcpFrame, 'operation'>, errorCode: string, sm = ''): UcpDraft {
  return { isAnswer: true, operation, fields: { ack: 'N', EC: errorCode, ...(sm === '' ? {} : { SM: sm }) } }
}

/** Error codes that this side answers with (EMI/UCP 4.6, table of error codes). */
export const EC = {
  checksum: '01',
  syntax: '02',
  unsupported: '03',
  /** At this point in time: what a sender may try again. */
  notAllowedNow: '04',
  invalidRecipient: '06',
  authentication: '07',
  messageNotFound: '27',
  inList: '33',
  notInList: '34',
  messageForwarded: '38',
} as const
