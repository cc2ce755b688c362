import type { OutboundMt } from '@textloom/core'
import { writeRelativeValidity } from '@textloom/sms'
import { headedSegments } from '../framed/segments.ts'
import { toRecipient, toSender } from './address.ts'
import { bodyParameters } from './body.ts'
import type { Cimd2Config } from './config.ts'
import { type Cimd2Draft, type Cimd2Parameter, cimd2Request } from './frame.ts'
import { OP, P } from './operations.ts'

/** What the settings of a link say about the MTs it sends. */
export type SubmitSettings = Pick<Cimd2Config, 'longMessages' | 'nationalTables' | 'senderPrefix'>

/** Validity ended, delivery failed, delivered, cancelled, deleted: everything but temporary errors. */
const EVERY_FINAL_STATE = '62'
const NO_REPORT = '0'

/**
 * The operations 03 that carry an MT, one per segment, in order.
 *
 * @throws TransportError for a text of more segments than one message can have; FrameError for an address
 */
export function submitOperations(mt: OutboundMt, settings: SubmitSettings): readonly Cimd2Draft[] {
  const { longMessages, nationalTables, senderPrefix } = settings
  const validity: readonly Cimd2Parameter[] =
    mt.validityMs === undefined ? [] : [[P.validityRelative, String(writeRelativeValidity(mt.validityMs))]]
  const common: readonly Cimd2Parameter[] = [
    toRecipient(mt.to),
    ...toSender(mt.from, senderPrefix),
    ...validity,
    [P.statusReportRequest, mt.wantsDlr ? EVERY_FINAL_STATE : NO_REPORT],
  ]
  const segments = headedSegments(mt, 'cimd2', { referenceBits: longMessages === 'udh8' ? 8 : 16, nationalTables })
  return segments.map((segment) => cimd2Request(OP.submit, [...common, ...bodyParameters(segment)]))
}
