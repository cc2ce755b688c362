/** What is known of a PDU that could not be decoded: enough to answer it. */
export interface PduHeader {
  readonly commandId: number
  readonly status: number
  readonly sequence: number
}

/**
 * A PDU that does not parse or cannot be written. The message names the place (`submit_sm.source_addr at octet 19: no NUL
 * within 21 octets`) and never quotes what stands there.
 */
export class PduError extends Error {
  override readonly name = 'PduError'
  /** The command_status that tells the peer what is wrong. */
  readonly status: number
  /** Where in the PDU, counted from 0 with the header; undefined when it was being written. */
  readonly octetOffset: number | undefined
  /** The header of the PDU that was being read. */
  readonly header: PduHeader | undefined

  constructor(message: string, status: number, place: { octetOffset?: number; header?: PduHeader } = {}) {
    super(message)
    this.status = status
    this.octetOffset = place.octetOffset
    this.header = place.header
  }
}

/** Octets after which nothing on the connection can be trusted: the peer speaks another protocol or has lost its place. */
export class FramingError extends Error {
  override readonly name = 'FramingError'
  /** The command_status for the generic_nack that says goodbye. */
  readonly status: number
  /** Where in everything received on this connection, counted from 0. */
  readonly octetOffset: number

  constructor(message: string, status: number, octetOffset: number) {
    super(message)
    this.status = status
    this.octetOffset = octetOffset
  }
}
