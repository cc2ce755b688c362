import { describe, expect, test } from 'vitest'
import { type DataAlphabet, decodeDataCoding, encodeDataCoding } from './data-coding.ts'
import { decodeSmppDataCoding, smppTextCharset } from './smpp-data-coding.ts'

const octetValues = Array.from({ length: 256 }, (_, value) => value)

/**
 * All 256 values of 3GPP TS 23.038 §4, a row for bits 7 to 4, a column for bits 3 to 0. Letters: g GSM 7-bit, o octets,
 * u UCS-2, - reserved; capitals are compressed. Digits: the message class. v f e o: what waits; after `+` it is active.
 */
const rows = [
  { group: 'general', alphabets: 'ggggoooouuuu----', classes: '                ' },
  { group: 'general', alphabets: 'ggggoooouuuu----', classes: '012301230123    ' },
  { group: 'general', alphabets: 'GGGGOOOOUUUU----', classes: '                ' },
  { group: 'general', alphabets: 'GGGGOOOOUUUU----', classes: '012301230123    ' },
  { group: 'autoDelete', alphabets: 'ggggoooouuuu----', classes: '                ' },
  { group: 'autoDelete', alphabets: 'ggggoooouuuu----', classes: '012301230123    ' },
  { group: 'autoDelete', alphabets: 'GGGGOOOOUUUU----', classes: '                ' },
  { group: 'autoDelete', alphabets: 'GGGGOOOOUUUU----', classes: '012301230123    ' },
  { group: 'reserved', alphabets: '----------------', classes: '                ' },
  { group: 'reserved', alphabets: '----------------', classes: '                ' },
  { group: 'reserved', alphabets: '----------------', classes: '                ' },
  { group: 'reserved', alphabets: '----------------', classes: '                ' },
  { group: 'waitingDiscard', alphabets: 'gggggggggggggggg', classes: '                ', waits: 'vfeovfeo+vfeovfeo' },
  { group: 'waitingStore', alphabets: 'gggggggggggggggg', classes: '                ', waits: 'vfeovfeo+vfeovfeo' },
  { group: 'waitingStoreUcs2', alphabets: 'uuuuuuuuuuuuuuuu', classes: '                ', waits: 'vfeovfeo+vfeovfeo' },
  { group: 'classOnly', alphabets: 'ggggooooggggoooo', classes: '0123012301230123' },
]
const alphabetNames: Readonly<Record<string, DataAlphabet>> = { g: 'gsm7', o: 'octets', u: 'ucs2', '-': 'gsm7' }
const waitingNames: Readonly<Record<string, string>> = { v: 'voicemail', f: 'fax', e: 'email', o: 'other' }

function expectedCoding(value: number) {
  const row = rows[value >> 4]
  const column = value & 15
  const letter = row?.alphabets[column] ?? ''
  const digit = row?.classes[column] ?? ' '
  const kind = waitingNames[row?.waits?.replace('+', '')[column] ?? '']
  return {
    group: row?.group,
    alphabet: alphabetNames[letter.toLowerCase()],
    isCompressed: letter !== letter.toLowerCase(),
    isReserved: letter === '-',
    ...(digit !== ' ' && { messageClass: Number(digit) }),
    ...(kind !== undefined && { waiting: { kind, isActive: column >= (row?.waits?.indexOf('+') ?? 16) } }),
  }
}

describe('a GSM data coding scheme', () => {
  test.each(octetValues)('%i means what §4 says', (value) => {
    expect(decodeDataCoding(value)).toEqual(expectedCoding(value))
  })

  test.each(['gsm7', 'octets', 'ucs2'] as const)('for %s is read as it was written', (alphabet) => {
    expect(decodeDataCoding(encodeDataCoding({ alphabet }))).toMatchObject({ alphabet, isReserved: false })
    for (const messageClass of [0, 1, 2, 3] as const) {
      const coding = decodeDataCoding(encodeDataCoding({ alphabet, messageClass }))
      expect(coding).toMatchObject({ group: 'general', alphabet, messageClass, isCompressed: false })
    }
  })

  test.each([-1, 256, 0.5, Number.NaN])('is not %d', (value) => {
    expect(() => decodeDataCoding(value)).toThrow(`A data coding is one octet, 0 to 255; ${value} is not.`)
    expect(() => decodeSmppDataCoding(value)).toThrow('A data coding is one octet')
  })
})

describe('an SMPP data_coding', () => {
  // SMPP 3.4 §5.2.19, by value.
  const named = [
    'default ascii octets latin1 octets jis-x-0208 iso-8859-5 iso-8859-8 ucs2 pictogram iso-2022-jp',
    '(reserved) (reserved) jis-x-0212 ks-c-5601',
  ]
    .join(' ')
    .split(' ')

  test.each(octetValues)('%i means what SMPP 3.4 §5.2.19 says, or else what it means to GSM', (value) => {
    const name = named[value] ?? '(reserved)'
    const { alphabet, isCompressed } = expectedCoding(value)
    const gsmCharset = isCompressed ? 'octets' : alphabet === 'gsm7' ? 'default' : alphabet
    expect(decodeSmppDataCoding(value)).toEqual(
      name === '(reserved)' ? { charset: gsmCharset, gsm: expectedCoding(value) } : { charset: name },
    )
  })

  test.each([
    { dataCoding: 0x00, smscDefault: 'gsm7', charset: 'gsm7' },
    { dataCoding: 0x00, smscDefault: 'latin1', charset: 'latin1' },
    { dataCoding: 0x00, smscDefault: 'ascii', charset: 'ascii' },
    { dataCoding: 0x01, smscDefault: 'gsm7', charset: 'ascii' },
    { dataCoding: 0x03, smscDefault: 'gsm7', charset: 'latin1' },
    { dataCoding: 0x04, smscDefault: 'gsm7', charset: undefined },
    { dataCoding: 0x05, smscDefault: 'gsm7', charset: undefined },
    { dataCoding: 0x06, smscDefault: 'gsm7', charset: 'iso-8859-5' },
    { dataCoding: 0x07, smscDefault: 'gsm7', charset: 'iso-8859-8' },
    { dataCoding: 0x08, smscDefault: 'gsm7', charset: 'ucs2' },
    { dataCoding: 0x10, smscDefault: 'latin1', charset: 'latin1' },
    { dataCoding: 0x18, smscDefault: 'gsm7', charset: 'ucs2' },
    { dataCoding: 0x28, smscDefault: 'gsm7', charset: undefined },
    { dataCoding: 0xc8, smscDefault: 'gsm7', charset: 'gsm7' },
    { dataCoding: 0xe0, smscDefault: 'gsm7', charset: 'ucs2' },
    { dataCoding: 0xf0, smscDefault: 'latin1', charset: 'latin1' },
    { dataCoding: 0xf5, smscDefault: 'gsm7', charset: undefined },
  ] as const)(
    '$dataCoding from an SMSC of $smscDefault is text in $charset',
    ({ dataCoding, smscDefault, charset }) => {
      expect(smppTextCharset(dataCoding, smscDefault)).toBe(charset)
    },
  )
})
