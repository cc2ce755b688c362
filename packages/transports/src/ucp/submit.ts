import { Buffer } from 'node:buffer'
import { type OutboundMt, wallTimeAt } from '@textloom/core'
import { type HeadedSegment, headedSegments } from '../framed/segments.ts'
import { toRecipient, toSender } from './address.ts'
import { charsetOf, MT } from './body.ts'
import type { UcpConfig } from './config.ts'
import { type UcpDraft, type UcpFrame, ucpRequest } from './frame.ts'
import { encodeXser, XSER } from './xser.ts'

/** What the settings of a link say about the MTs it sends. */
export type SubmitSettings = Pick<
  UcpConfig,
  | 'alphabet'
  | 'longMessages'
  | 'nationalTables'
  | 'internationalPrefix'
  | 'notificationAddress'
  | 'notificationPid'
  | 'timezone'
>

const UCS2_DATA_CODING = 8
/** Of delivery and of failure; 4 would be of what is buffered meanwhile. */
const NOTIFICATION_TYPE = '3'

/**
 * The operations 51 that carry an MT, one per segment, in order.
 *
 * @param now epoch milliseconds, which a validity period is counted from
 * @throws TransportError for a text of more segments than one message can have; FrameError for an address
 */
export function submitOperations(mt: OutboundMt, settings: SubmitSettings, now: number): readonly UcpDraft[] {
  const { notificationAddress, notificationPid, longMessages, alphabet, nationalTables } = settings
  const common = {
    AdC: toRecipient(mt.to, settings.internationalPrefix === 'none' ? '' : settings.internationalPrefix),
    ...toSender(mt.from),
    ...(mt.wantsDlr
      ? { NRq: '1', NT: NOTIFICATION_TYPE, ...given({ NAdC: notificationAddress, NPID: notificationPid }) }
      : {}),
    ...(mt.validityMs === undefined ? {} : { VP: timeToMinutes(now + mt.validityMs, settings.timezone) }),
  }
  const referenceBits = longMessages === 'udh8' ? 8 : 16
  const segments = headedSegments(mt, 'ucp', { referenceBits, charset: charsetOf(alphabet), nationalTables })
  return segments.map((segment) => ucpRequest('51', { ...common, ...textFields(segment) }))
}

/** The fields that carry a segment: characters as MT 3, UCS-2 as octets with their data coding, a header in XSer. */
export function textFields({ alphabet, udh, octets }: HeadedSegment): UcpFrame['fields'] {
  const isUcs2 = alphabet === 'ucs2'
  const xser = encodeXser([
    ...(udh === undefined ? [] : [[XSER.udh, udh] as const]),
    ...(isUcs2 ? [[XSER.dataCoding, Uint8Array.of(UCS2_DATA_CODING)] as const] : []),
  ])
  return {
    MT: isUcs2 ? MT.transparent : MT.alphanumeric,
    ...(isUcs2 ? { NB: String(octets.length * 8).padStart(4, '0') } : {}),
    ...given({ Msg: Buffer.from(octets).toString('hex').toUpperCase(), XSer: xser }),
  }
}

/** `DDMMYYhhmm` of a clock in the time zone. */
function timeToMinutes(at: number, zone: string): string {
  return ucpTime(at, zone).slice(0, -2)
}

/** `DDMMYYhhmmss` of a clock in the time zone (EMI/UCP 4.6 §5.1). */
export function ucpTime(at: number, zone: string): string {
  const { day, month, year, hour, minute, second } = wallTimeAt(at, zone)
  return [day, month, year % 100, hour, minute, second].map((part) => String(part).padStart(2, '0')).join('')
}

function given<T extends Readonly<Record<string, string>>>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<T>
}
