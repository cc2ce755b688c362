import {
  concatElement,
  encodeDeliver,
  encodeStatusReport,
  encodeSubmit,
  encodeText,
  segment,
  tpduAddress,
} from '@textloom/sms'
import { expect, test } from 'vitest'
import { describeWith, pythonGammu } from '../peers.ts'
import { gammuReads } from './gammu-reads.ts'

const texts = [
  'hello',
  '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ',
  'hi {€} [~] \\ ^ |',
  'a'.repeat(160),
  'seven chars: 1234567@',
  'jövök, Győző',
  'नमस्ते 😀',
  'ж'.repeat(70),
]
const numbers = ['+36301234567', '4040', 'Textloom', '123456789']

describeWith([pythonGammu], 'Gammu reads every TPDU as we wrote it', () => {
  test.each(numbers)('from and to %s, in every alphabet', (number) => {
    const tpdus = texts.flatMap((text) => {
      const { encoding } = segment(text)
      const data = { alphabet: encoding, octets: encodeText(text, encoding) }
      return [
        encodeSubmit({ ...data, destination: tpduAddress(number), validityMs: 86_400_000, wantsReport: true }),
        encodeDeliver({ ...data, originator: tpduAddress(number), sentAtMs: Date.UTC(2026, 2, 4), minutesAhead: -90 }),
      ]
    })
    expect(gammuReads(tpdus)).toMatchObject(
      texts.flatMap((text) => [
        { type: 'Submit', number, text },
        { type: 'Deliver', number, text },
      ]),
    )
  })

  test.each([8, 16] as const)('the parts of a long message with a reference of %s bits', (referenceBits) => {
    const { segments, encoding } = segment('Árvíztűrő tükörfúrógép. '.repeat(8), { referenceBits })
    const tpdus = segments.map(({ text }, index) =>
      encodeDeliver({
        originator: tpduAddress('+36301234567'),
        elements: [concatElement({ reference: 200, referenceBits, total: segments.length, sequence: index + 1 })],
        alphabet: encoding,
        octets: encodeText(text, encoding),
        sentAtMs: 0,
      }),
    )
    expect(gammuReads(tpdus)).toMatchObject(
      segments.map(({ text }, index) => ({ text, part: index + 1, parts: segments.length })),
    )
  })

  test('status reports', () => {
    const times = { recipient: tpduAddress('+36301234567'), sentAtMs: 0, doneAtMs: 60_000 }
    const tpdus = [0x00, 0x30, 0x46].map((status) => encodeStatusReport({ ...times, reference: 5, status }))
    expect(gammuReads(tpdus)).toMatchObject([
      { type: 'Status_Report', number: '+36301234567', text: 'Delivered', status: 0x00 },
      { type: 'Status_Report', text: 'Pending', status: 0x30 },
      { type: 'Status_Report', text: 'Failed', status: 0x46 },
    ])
  })

  test('what is cut short is refused by both', () => {
    const whole = encodeDeliver({
      originator: tpduAddress('4040'),
      alphabet: 'gsm7',
      octets: encodeText('hello', 'gsm7'),
      sentAtMs: 0,
    })
    expect(gammuReads([whole.subarray(0, 4)])).toMatchObject([{ error: expect.stringContaining('Corrupted') }])
  })
})
