import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SmsError } from './errors.ts'
import { decodeGsm7, encodeGsm7, findNonGsm7, isGsm7, septetLength } from './gsm7.ts'
import { gsm7Characters } from './gsm7-alphabet.ts'
import { gsm7Text, hex, octets } from './testing/arbitraries.ts'

describe('the alphabet', () => {
  // 3GPP TS 23.038 §6.2.1, read column by column as the specification prints it: b7 b6 b5 across, b4 to b1 down.
  const columns = [
    '@ Δ SP 0 ¡ P ¿ p',
    '£ _ ! 1 A Q a q',
    '$ Φ " 2 B R b r',
    '¥ Γ # 3 C S c s',
    'è Λ ¤ 4 D T d t',
    'é Ω % 5 E U e u',
    'ù Π & 6 F V f v',
    "ì Ψ ' 7 G W g w",
    'ò Σ ( 8 H X h x',
    'Ç Θ ) 9 I Y i y',
    'LF Ξ * : J Z j z',
    'Ø ESC + ; K Ä k ä',
    'ø Æ , < L Ö l ö',
    'CR æ - = M Ñ m ñ',
    'Å ß . > N Ü n ü',
    'å É / ? O § o à',
  ].map((row) => row.split(' '))
  const names: Readonly<Record<string, string>> = { SP: ' ', LF: '\n', CR: '\r' }
  const basic = columns
    .flatMap((row, low) => row.map((name, high) => ({ septet: high * 16 + low, character: names[name] ?? name })))
    .filter(({ character }) => character !== 'ESC')

  test('has the 127 characters of §6.2.1, each at its place', () => {
    expect(basic).toHaveLength(127)
    for (const { septet, character } of basic) {
      expect(encodeGsm7(character), character).toEqual(Uint8Array.of(septet))
      expect(decodeGsm7(Uint8Array.of(septet)), character).toBe(character)
    }
    expect(new Set(gsm7Characters.basic)).toEqual(new Set(basic.map(({ character }) => character)))
  })

  test.each([
    { character: '\f', septets: '1b0a' },
    { character: '^', septets: '1b14' },
    { character: '{', septets: '1b28' },
    { character: '}', septets: '1b29' },
    { character: '\\', septets: '1b2f' },
    { character: '[', septets: '1b3c' },
    { character: '~', septets: '1b3d' },
    { character: ']', septets: '1b3e' },
    { character: '|', septets: '1b40' },
    { character: '€', septets: '1b65' },
  ])('writes $character as $septets (§6.2.1.1)', ({ character, septets }) => {
    expect(hex(encodeGsm7(character))).toBe(septets)
    expect(decodeGsm7(octets(septets))).toBe(character)
  })

  test('has no other character', () => {
    const characters = new Set([...gsm7Characters.basic, ...gsm7Characters.extension])
    expect(characters.size).toBe(137)
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      if (isGsm7(character) !== characters.has(character)) expect.unreachable(`U+${unit.toString(16)}`)
    }
  })
})

describe('decoding', () => {
  test.each([
    { septets: '1b', text: ' ', because: 'nothing follows the escape' },
    { septets: '1b1b', text: ' ', because: 'a second extension table is not defined yet' },
    { septets: '1b1b65', text: ' e', because: 'the second escape belongs to the first' },
    { septets: '1b41', text: 'A', because: 'the extension table has no symbol at 0x41' },
    { septets: '1b0d', text: '\r', because: 'the extension table has no symbol at 0x0D' },
    { septets: '1b00', text: '@', because: 'the extension table has no symbol at 0x00' },
    { septets: '4800', text: 'H@', because: '0x00 is a character and ends no string' },
  ])('shows $septets as "$text": $because', ({ septets, text }) => {
    expect(decodeGsm7(octets(septets))).toBe(text)
  })

  test('refuses an octet that is no septet and says where it is', () => {
    expect(() => decodeGsm7(octets('4869e9'))).toThrow(/0xE9 at offset 2/)
  })

  test('puts U+FFFD for an octet that is no septet when asked to, even behind an escape', () => {
    expect(decodeGsm7(octets('48e91be965'), { invalid: 'replace' })).toBe('H\ufffd \ufffde')
  })

  test('reads any septets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ max: 0x7f, maxLength: 400, size: 'max' }), (septets) => {
        const text = decodeGsm7(septets)
        expect(text.length).toBeLessThanOrEqual(septets.length)
        expect(isGsm7(text)).toBe(true)
      }),
    )
  })

  test('reads more septets than one call of fromCharCode takes', () => {
    const text = 'a€'.repeat(100_000)
    expect(decodeGsm7(encodeGsm7(text))).toBe(text)
  })
})

describe('encoding', () => {
  test('is undone by decoding', () => {
    fc.assert(
      fc.property(gsm7Text, (text) => {
        expect(decodeGsm7(encodeGsm7(text))).toBe(text)
      }),
    )
  })

  test('takes as many septets as septetLength says', () => {
    fc.assert(
      fc.property(gsm7Text, (text) => {
        expect(encodeGsm7(text)).toHaveLength(septetLength(text) ?? -1)
      }),
    )
  })

  test('names the characters that do not fit, whole and with their index, and not in its sentence', () => {
    const text = 'Ok 👍, á propos'
    const misfits = [
      { character: '👍', index: 3 },
      { character: 'á', index: 7 },
    ]
    expect(findNonGsm7(text)).toEqual(misfits)
    const error = thrownBy(() => encodeGsm7(text))
    expect(error).toMatchObject({ code: 'sms/unencodable', characters: misfits })
    expect(error.message).toBe(
      '2 characters do not fit GSM 7-bit, the first is U+1F44D at index 3. Send the text as UCS-2 or replace them.',
    )
  })

  test.each([
    { character: '\u001b', name: 'the escape itself' },
    { character: 'ç', name: 'ç, of which only the capital is there' },
    { character: '`', name: 'the grave accent' },
    { character: '\u0000', name: 'NUL, which is not the @ of code 0' },
    { character: '\ud800', name: 'half a surrogate pair' },
  ])('does not take $name', ({ character }) => {
    expect(isGsm7(character)).toBe(false)
    expect(septetLength(`a${character}`)).toBeUndefined()
    expect(findNonGsm7(`a${character}`)).toEqual([{ character, index: 1 }])
  })
})

function thrownBy(action: () => unknown): SmsError {
  try {
    action()
  } catch (error) {
    if (error instanceof SmsError) return error
    throw error
  }
  return expect.unreachable('nothing was thrown')
}
