/** A character that an alphabet cannot carry: the character itself and its index in the text, in UTF-16 code units. */
export interface UnencodableCharacter {
  readonly character: string
  readonly index: number
}

/** Every code an {@link SmsError} can carry, with the sentence that explains it in the reference. */
export const smsErrorCatalogue = {
  'sms/unencodable': 'The text has characters that the alphabet of the message cannot carry.',
  'sms/invalid-octet': 'An octet is outside the range of the alphabet that it claims to be in.',
  'sms/odd-octets': 'UCS-2 text has an odd number of octets, so its last character is cut in half.',
  'sms/septets-truncated': 'There are fewer octets than the promised number of packed septets needs.',
  'sms/udh-truncated': 'A user data header ends before its own lengths say that it does.',
  'sms/udh-too-long': 'A user data header or one of its elements does not fit its one-octet length.',
  'sms/concat-out-of-range': 'A concatenation reference, total or sequence number is outside its range.',
  'sms/too-many-segments': 'The text needs more than the 255 segments that one long message can have.',
  'sms/tpdu-truncated': 'A TPDU of a modem ends before its own lengths say that it does.',
  'sms/tpdu-type': 'A TPDU is of a type that carries no message in its direction.',
  'sms/bad-address': 'An address is too long for a TPDU or has characters that it cannot carry.',
  'sms/user-data-too-long': 'The user data of a TPDU does not fit its 140 octets.',
  'sms/not-an-octet': 'A data coding is not an integer from 0 to 255.',
} as const satisfies Record<`sms/${string}`, string>

/** The code of an {@link SmsError}. */
export type SmsErrorCode = keyof typeof smsErrorCatalogue

/** What an {@link SmsError} knows beyond its sentence. */
export interface SmsErrorFacts {
  /** Where in the octets it happened, counted from 0. */
  readonly octetOffset?: number
  /** The characters that did not fit, in text order. */
  readonly characters?: readonly UnencodableCharacter[]
}

/**
 * The one error this package throws. Its message names places and code points and never quotes the text of a message,
 * so that it may be logged.
 */
export class SmsError extends Error {
  override readonly name = 'SmsError'
  readonly code: SmsErrorCode
  readonly octetOffset: number | undefined
  readonly characters: readonly UnencodableCharacter[]

  constructor(code: SmsErrorCode, message: string, facts: SmsErrorFacts = {}) {
    super(message)
    this.code = code
    this.octetOffset = facts.octetOffset
    this.characters = facts.characters ?? []
  }
}

/** The error for text that does not fit `alphabet`; `advice` tells the reader what to do about it. */
export function unencodableError(
  alphabet: string,
  characters: readonly UnencodableCharacter[],
  advice: string,
): SmsError {
  const [first] = characters
  const where = first ? `, the first is ${codePointName(first.character)} at index ${first.index}` : ''
  const count = characters.length === 1 ? '1 character does' : `${characters.length} characters do`
  return new SmsError('sms/unencodable', `${count} not fit ${alphabet}${where}. ${advice}`, { characters })
}

function codePointName(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}
