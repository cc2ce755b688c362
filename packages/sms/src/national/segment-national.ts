import { septetLength } from '../gsm7.ts'
import { cutGsm7, type Segmentation, type SegmentPlan, segment, segmentsOf } from '../segments.ts'
import { concatElement, encodeUdh } from '../udh.ts'
import { nationalAlphabet } from './alphabet.ts'
import { nationalElements } from './elements.ts'
import type { NationalLanguage, NationalTables } from './languages.ts'
import { lockingTables } from './locking-tables.ts'

/** How to cut a text where the network and its phones know national tables. */
export interface NationalSegmentOptions {
  /** The languages whose tables may be used. */
  readonly languages: readonly NationalLanguage[]
  readonly referenceBits?: 8 | 16
}

/** A text cut into parts; `national` names the tables that each part must announce. */
export interface NationalSegmentation extends Segmentation {
  readonly national?: NationalTables
}

/** TP-User-Data holds so many octets (3GPP TS 23.040 §9.2.3.24). */
const USER_DATA_OCTETS = 140

/**
 * Cuts a text as `segment` does, but writes with a national table what the default alphabet lacks, where that takes fewer
 * parts than UCS-2. Of several ways with as many parts the plainest wins: no tables, then a single shift, then a locking
 * shift, which phones understand less often.
 *
 * @throws SmsError `sms/too-many-segments` beyond 255 parts
 */
export function segmentNational(
  text: string,
  { languages, referenceBits = 8 }: NationalSegmentOptions,
): NationalSegmentation {
  let best: NationalSegmentation | undefined
  for (const national of waysOf(languages)) {
    const plan = planWith(text, national, referenceBits)
    if (plan === undefined || (best !== undefined && plan.ends.length >= best.segments.length)) continue
    const { capacityUnits, ends } = plan
    best = { encoding: 'gsm7', capacityUnits, segments: segmentsOf(text, ends), national }
  }
  const plain = segment(text, { referenceBits })
  return plain.encoding === 'ucs2' && best !== undefined && best.segments.length < plain.segments.length ? best : plain
}

function waysOf(languages: readonly NationalLanguage[]): NationalTables[] {
  const locking = languages.filter((language) => lockingTables[language] !== undefined)
  return [
    ...languages.map((singleShift) => ({ singleShift })),
    ...locking.map((lockingShift) => ({ lockingShift })),
    ...locking.map((language) => ({ lockingShift: language, singleShift: language })),
  ]
}

function planWith(
  text: string,
  tables: NationalTables,
  referenceBits: 8 | 16,
): Pick<SegmentPlan, 'capacityUnits' | 'ends'> | undefined {
  const alphabet = nationalAlphabet(tables)
  const lengthUnits = septetLength(text, alphabet)
  if (lengthUnits === undefined) return undefined
  const elements = nationalElements(tables)
  const whole = capacityBeside(encodeUdh(elements).length)
  if (lengthUnits <= whole) return { capacityUnits: whole, ends: [{ endIndex: text.length, lengthUnits }] }
  const part = concatElement({ reference: 0, referenceBits, total: 1, sequence: 1 })
  const capacityUnits = capacityBeside(encodeUdh([part, ...elements]).length)
  return { capacityUnits, ends: cutGsm7(text, capacityUnits, alphabet) }
}

/** Septets begin on a septet boundary after the header. */
function capacityBeside(headerOctets: number): number {
  return Math.floor(((USER_DATA_OCTETS - headerOctets) * 8) / 7)
}
