import { isGsm7 } from './gsm7.ts'
import { gsm7Replacement, visibleCharacters } from './gsm7-replacements.ts'
import { planSegments, type SegmentOptions, type TextEncoding } from './segments.ts'

/** A character that makes a text UCS-2. */
export interface Ucs2Cause {
  /** The character as people see it; an emoji may be many code units. */
  readonly character: string
  /** Where it begins, in UTF-16 code units: what a text field selects by. */
  readonly index: number
  /** What GSM 7-bit has instead; empty if the character is invisible, absent if nothing does it justice. */
  readonly replacement?: string
}

/** What a counter beside a text field shows. */
export interface SegmentInfo {
  readonly encoding: TextEncoding
  readonly segments: number
  /** Septets or 16-bit units of the whole text, without headers. */
  readonly unitsUsed: number
  /** Units that still fit into the last segment. */
  readonly unitsLeft: number
  /** What one segment of this text holds: 160, 153 or 152 septets, 70, 67 or 66 units. */
  readonly capacityUnits: number
  /** Why the text is UCS-2: every character that GSM 7-bit lacks, in order. Empty for GSM 7-bit. */
  readonly ucs2Because: readonly Ucs2Cause[]
}

/**
 * Counts what a text costs and says why.
 *
 * @throws SmsError `sms/unencodable` if `gsm7` is asked for and does not fit.
 */
export function countSegments(text: string, options: SegmentOptions = {}): SegmentInfo {
  const { encoding, capacityUnits, lengthUnits, ends } = planSegments(text, options)
  return {
    encoding,
    segments: ends.length,
    unitsUsed: lengthUnits,
    unitsLeft: capacityUnits - (ends.at(-1)?.lengthUnits ?? 0),
    capacityUnits,
    ucs2Because: encoding === 'gsm7' ? [] : ucs2Causes(text),
  }
}

function ucs2Causes(text: string): Ucs2Cause[] {
  return visibleCharacters(text)
    .filter(({ segment }) => !isGsm7(segment))
    .map(({ segment: character, index }) => {
      const replacement = gsm7Replacement(character)
      return replacement === undefined ? { character, index } : { character, index, replacement }
    })
}
