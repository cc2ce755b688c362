import type { Address, DlrState } from '../message.ts'

/** An MT on its way to the wire: one message, however many segments it takes. */
export interface OutboundMt {
  /** The outbox key: names this message in logs and results, and is the same on every attempt. */
  readonly key: string
  readonly from: Address
  readonly to: Address
  readonly text: string
  /** Concatenation reference, 0–65535, derived from the key so that a second attempt can be joined with the first. */
  readonly reference: number
  readonly wantsDlr: boolean
  /** How long the network may try, milliseconds; absent for the network's own default. */
  readonly validityMs?: number
  /** Files that belong to the text. Their addresses stand behind `text` too, for links that carry text only. */
  readonly media?: OutboundMedia
}

/** The files of an MT, for links that carry files. */
export interface OutboundMedia {
  readonly urls: readonly string[]
  /** The text without the addresses; empty where there is none. */
  readonly caption: string
}

/** What the network answered to an MT it accepted. */
export interface SendResult {
  /** The network's message id per segment, normalised as its receipts will be; empty strings where it gave none. */
  readonly providerIds: readonly string[]
}

/** An MT that the network has accepted, as it is asked about afterwards. */
export interface AcceptedMt {
  readonly key: string
  readonly from: Address
  readonly to: Address
  /** As `send` resolved with them. */
  readonly providerIds: readonly string[]
}

/** What the network says of one segment when it is asked. */
export interface SegmentReport {
  readonly providerId: string
  readonly state: DlrState
  /** The network's error code. */
  readonly error?: string
}

/**
 * How the octets of one part of a long message are to be read once all parts are there: the charsets that @textloom/sms
 * reads, or `binary` for what is no text.
 */
export type PartEncoding =
  | 'gsm7'
  | `gsm7:${string}:${string}`
  | 'ucs2'
  | 'ascii'
  | 'latin1'
  | 'iso-8859-5'
  | 'iso-8859-8'
  | 'binary'

/** An MO (or one part of a long one) as a link hands it to the host. */
export interface InboundMo {
  readonly type: 'mo'
  /** Deterministic id of this PDU, for example `mo:smsc-a:<bind epoch>:<sequence_number>`. */
  readonly id: string
  /**
   * Hash of everything that makes two PDUs the same text (addresses, UDH/SAR, data_coding, body): recognises a
   * redelivery after a reconnect on wires without message ids. Absent where ids are the network's own.
   */
  readonly fingerprint?: string
  readonly from: Address
  readonly to: Address
  /** The whole text; for a part, what could be decoded of it alone. */
  readonly text: string
  /** The octets of the body as they came, kept as hex when the text cannot say them. */
  readonly rawHex?: string
  readonly part?: InboundPart
  /** What else the network told about it, by the names that the link's settings give. A part's are not kept. */
  readonly facts?: { readonly [name: string]: string | number }
}

/** Where an MO stands in a long message. */
export interface InboundPart {
  readonly reference: number
  /** The size of the reference on the wire: 5 of 8 bits and 5 of 16 are different messages. Absent where there is one size. */
  readonly referenceBits?: 8 | 16
  readonly total: number
  /** From 1. */
  readonly sequence: number
  readonly encoding: PartEncoding
  /** The body without its UDH: one septet per octet for `gsm7`. */
  readonly octets: Uint8Array
}

/** A delivery receipt of one segment. */
export interface InboundDlr {
  readonly type: 'dlr'
  readonly providerId: string
  readonly state: DlrState
  /** The network's error code, as it wrote it. */
  readonly error?: string
  readonly from?: Address
  readonly to?: Address
}

/** Everything that comes in by a link. */
export type Inbound = InboundMo | InboundDlr

/** How a link is doing, for `/links/{id}/status` and the operator. */
export interface LinkStatus {
  readonly state: 'stopped' | 'connecting' | 'bound' | 'waiting' | 'refused'
  /** Epoch milliseconds since when. */
  readonly since: number
  /** In flight to the network now, and how many may be. */
  readonly inFlight: number
  readonly windowSize: number
  /** What went wrong last, in words for the operator. */
  readonly lastError?: string
  /** What else the link knows of its network: a modem's model, operator and signal (`signalDbm`). */
  readonly facts?: { readonly [name: string]: string | number }
}

/** A bind began: from now on MO ids carry this epoch. */
export interface BoundEvent {
  readonly epoch: string
}

/** What a link knows for good. */
export interface LinkMemory {
  /** What was kept under this name; undefined for nothing. */
  recall(name: string): Promise<string | undefined>
  /** Resolves once it is durably stored. */
  keep(name: string, value: string): Promise<void>
}

/** What a link needs of its host. */
export interface LinkHost {
  /** Epoch milliseconds. */
  now(): number
  /** A string never used before, for bind epochs. */
  newEpoch(): string
  /** What outlasts the process and changes of the settings, until the link is deleted; undefined where nothing does. */
  readonly memory?: LinkMemory
  /** Where the network reaches this link by HTTP, without a query; undefined where nothing listens for it. */
  inboundUrl?(): string | undefined
  /**
   * Hands in what arrived. Resolves once it is durably stored, only then may the link acknowledge it to the network.
   * Rejects when it could not be stored in time: the link answers with a temporary error, never a permanent one.
   */
  submit(inbound: Inbound): Promise<void>
  /**
   * Called when a bind that receives begins, before its first MO is submitted. Of several at once: for the first, and when
   * one of them is lost, for then the network brings what it had not answered by the others.
   */
  bound(event: BoundEvent): void
  /** Called at every change of status. */
  status(status: LinkStatus): void
  /** Structured log line: ids and codes only, never texts or full numbers. */
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: { readonly [name: string]: unknown }): void
}

/** A connection to a network, under its host's supervision; reconnects by itself until stopped. */
export interface Link {
  start(): void
  status(): LinkStatus
  /**
   * Sends one MT. Resolves when the network has accepted every segment.
   * @throws TransportError when it was refused, or when nobody can know whether it was accepted (`inDoubt`).
   */
  send(mt: OutboundMt): Promise<SendResult>
  /**
   * Asks the network what has become of an MT; absent where the protocol has no such question.
   * @throws TransportError when the network does not say.
   */
  query?(mt: AcceptedMt): Promise<readonly SegmentReport[]>
  /**
   * Asks the network not to deliver an MT; absent where the protocol has no such request.
   * @throws TransportError when the network does not do so for every segment: the MT may still arrive.
   */
  cancel?(mt: AcceptedMt): Promise<void>
  /**
   * Asks the network to deliver another text in the place of an MT of one segment; absent where the protocol has no such
   * request.
   * @throws TransportError when the network does not do so: the first text may still arrive.
   */
  replace?(mt: AcceptedMt, text: string): Promise<void>
  /** Says goodbye (unbind) and closes; MTs still in flight settle first, for at most `graceMs`. */
  stop(graceMs: number): Promise<void>
}
