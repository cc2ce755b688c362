import { encodeGsm7, isGsm7 } from '@textloom/sms'

/** The pairs that stand for a GSM character behind `_` (CIMD 2, appendix on user data). */
const escapes: readonly (readonly [pair: string, gsm: number])[] = [
  ['Oa', 0x00],
  ['L-', 0x01],
  ['Y-', 0x03],
  ['e`', 0x04],
  ["e'", 0x05],
  ['u`', 0x06],
  ['i`', 0x07],
  ['o`', 0x08],
  ['C,', 0x09],
  ['O/', 0x0b],
  ['o/', 0x0c],
  ['A*', 0x0e],
  ['a*', 0x0f],
  ['gd', 0x10],
  ['--', 0x11],
  ['gf', 0x12],
  ['gg', 0x13],
  ['gl', 0x14],
  ['go', 0x15],
  ['gp', 0x16],
  ['gi', 0x17],
  ['gs', 0x18],
  ['gt', 0x19],
  ['gx', 0x1a],
  ['XX', 0x1b],
  ['AE', 0x1c],
  ['ae', 0x1d],
  ['ss', 0x1e],
  ["E'", 0x1f],
  ['qq', 0x22],
  ['ox', 0x24],
  ['!!', 0x40],
  ['A"', 0x5b],
  ['O"', 0x5c],
  ['N~', 0x5d],
  ['U"', 0x5e],
  ['so', 0x5f],
  ['??', 0x60],
  ['a"', 0x7b],
  ['o"', 0x7c],
  ['n~', 0x7d],
  ['u"', 0x7e],
  ['a`', 0x7f],
]

const gsmOfPair: ReadonlyMap<string, number> = new Map(escapes)
const pairOfGsm: ReadonlyMap<number, string> = new Map(escapes.map(([pair, gsm]) => [gsm, pair]))

/** Single characters that do not stand for the GSM character of their own code. */
const gsmOfCharacter: ReadonlyMap<string, number> = new Map([
  ['@', 0x00],
  ['$', 0x02],
  [']', 0x0e],
  ['}', 0x0f],
])

const DOLLAR = 0x02
const QUESTION = 0x3f

/** GSM characters, one per octet, as user data: in ASCII, with escapes for what ASCII has not. */
export function encodeUserData(septets: Uint8Array): string {
  return Array.from(septets, (septet) => {
    if (septet === DOLLAR) return '$'
    const pair = pairOfGsm.get(septet)
    return pair === undefined ? String.fromCharCode(septet) : `_${pair}`
  }).join('')
}

/** The GSM characters of user data, one per octet. Characters of Latin-1 stand for themselves; what is none is `?`. */
export function decodeUserData(text: string): Uint8Array<ArrayBuffer> {
  const septets: number[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    const escaped = character === '_' ? gsmOfPair.get(text.slice(at + 1, at + 3)) : undefined
    if (escaped !== undefined) {
      septets.push(escaped)
      at += 2
      continue
    }
    const code = character.charCodeAt(0)
    const special = gsmOfCharacter.get(character)
    if (special !== undefined) septets.push(special)
    else if (code < 0x80) septets.push(character === '_' ? UNDERSCORE : code)
    else if (isGsm7(character)) septets.push(...encodeGsm7(character))
    else septets.push(QUESTION)
  }
  return Uint8Array.from(septets)
}

/** `_` with no known pair behind it is itself. */
const UNDERSCORE = 0x11
