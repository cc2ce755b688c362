import { SmsError, unencodableError } from './errors.ts'
import { findNonGsm7, isEscapedInGsm7, septetLength } from './gsm7.ts'
import { defaultAlphabet } from './gsm7-alphabet.ts'

/** The two encodings that text is sent in. */
export type TextEncoding = 'gsm7' | 'ucs2'

/** How to cut a text. */
export interface SegmentOptions {
  /** `'auto'`, the default, takes GSM 7-bit if every character fits and UCS-2 otherwise. */
  readonly encoding?: 'auto' | TextEncoding
  /** Size of the concatenation reference: the 16-bit one costs one octet more in every part. Default 8. */
  readonly referenceBits?: 8 | 16
}

/** One part of a message. */
export interface Segment {
  readonly text: string
  /** Septets if the encoding is GSM 7-bit, 16-bit code units if it is UCS-2; without the header. */
  readonly lengthUnits: number
}

/** A text cut into the parts it is sent in; joined, they are the text. */
export interface Segmentation {
  readonly encoding: TextEncoding
  readonly segments: readonly Segment[]
  /** What one part of this message holds, in the units of {@link Segment.lengthUnits}. */
  readonly capacityUnits: number
}

/** TP-User-Data holds 140 octets: 160 septets or 70 UCS-2 units (3GPP TS 23.040 §9.2.3.24). */
export const SINGLE_CAPACITY: Readonly<Record<TextEncoding, number>> = { gsm7: 160, ucs2: 70 }

/**
 * What is left beside the concatenation header, by the size of its reference (3GPP TS 23.040 §9.2.3.24.1, .24.8). UCS-2
 * beside the 7 octets of a 16-bit reference leaves one octet unused.
 */
export const PART_CAPACITY: Readonly<Record<TextEncoding, Readonly<Record<8 | 16, number>>>> = {
  gsm7: { 8: 153, 16: 152 },
  ucs2: { 8: 67, 16: 66 },
}

/** The total of a long message is one octet. */
export const MAX_SEGMENTS = 255

/**
 * Cuts a text into the parts it is sent in: one if it fits, otherwise parts with room for a concatenation header. No part
 * ends inside an escape sequence or a surrogate pair (3GPP TS 23.040 §9.2.3.24.1). The empty text is one empty part.
 *
 * @throws SmsError `sms/unencodable` if `gsm7` is asked for and does not fit, `sms/too-many-segments` beyond 255 parts.
 */
export function segment(text: string, options: SegmentOptions = {}): Segmentation {
  const { encoding, capacityUnits, ends } = planSegments(text, options)
  return { encoding, segments: segmentsOf(text, ends), capacityUnits }
}

/** The parts of a text by their ends. @throws SmsError `sms/too-many-segments` beyond 255 parts */
export function segmentsOf(text: string, ends: SegmentPlan['ends']): Segment[] {
  if (ends.length > MAX_SEGMENTS) {
    throw new SmsError(
      'sms/too-many-segments',
      `The text needs ${ends.length} segments, one message has at most ${MAX_SEGMENTS}. Send it as several messages.`,
    )
  }
  return ends.map(({ endIndex, lengthUnits }, position) => ({
    text: text.slice(ends[position - 1]?.endIndex ?? 0, endIndex),
    lengthUnits,
  }))
}

/** The number of parts that {@link segment} makes, without making them; more than 255 is an answer here. */
export function segmentCount(text: string, options: SegmentOptions = {}): number {
  return planSegments(text, options).ends.length
}

/** Where each part ends in the text, in code units, and how full it is. */
export interface SegmentPlan {
  readonly encoding: TextEncoding
  readonly capacityUnits: number
  readonly lengthUnits: number
  readonly ends: readonly { readonly endIndex: number; readonly lengthUnits: number }[]
}

/** The cuts of {@link segment} as numbers: what counters need. @throws SmsError `sms/unencodable` */
export function planSegments(
  text: string,
  { encoding: wanted = 'auto', referenceBits = 8 }: SegmentOptions = {},
): SegmentPlan {
  const lengthSeptets = wanted === 'ucs2' ? undefined : septetLength(text)
  if (wanted === 'gsm7' && lengthSeptets === undefined) {
    throw unencodableError('GSM 7-bit', findNonGsm7(text), "Use encoding 'ucs2' or replace them.")
  }
  const encoding = lengthSeptets === undefined ? 'ucs2' : 'gsm7'
  const lengthUnits = lengthSeptets ?? text.length
  if (lengthUnits <= SINGLE_CAPACITY[encoding]) {
    const ends = [{ endIndex: text.length, lengthUnits }]
    return { encoding, capacityUnits: SINGLE_CAPACITY[encoding], lengthUnits, ends }
  }
  const capacityUnits = PART_CAPACITY[encoding][referenceBits]
  const ends = encoding === 'gsm7' ? cutGsm7(text, capacityUnits) : cutUcs2(text, capacityUnits)
  return { encoding, capacityUnits, lengthUnits, ends }
}

/** Where parts of so many septets end in a text that fits the alphabet. */
export function cutGsm7(text: string, capacity: number, alphabet = defaultAlphabet): SegmentPlan['ends'] {
  const ends = []
  let used = 0
  for (let index = 0; index < text.length; index++) {
    const septets = isEscapedInGsm7(text.charCodeAt(index), alphabet) ? 2 : 1
    if (used + septets > capacity) {
      ends.push({ endIndex: index, lengthUnits: used })
      used = 0
    }
    used += septets
  }
  ends.push({ endIndex: text.length, lengthUnits: used })
  return ends
}

function cutUcs2(text: string, capacity: number): SegmentPlan['ends'] {
  const ends = []
  let start = 0
  while (text.length - start > capacity) {
    const full = start + capacity
    const endIndex = isSurrogatePair(text, full - 1) ? full - 1 : full
    ends.push({ endIndex, lengthUnits: endIndex - start })
    start = endIndex
  }
  ends.push({ endIndex: text.length, lengthUnits: text.length - start })
  return ends
}

function isSurrogatePair(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff
}
