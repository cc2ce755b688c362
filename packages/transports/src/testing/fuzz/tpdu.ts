import { Buffer } from 'node:buffer'
import {
  concatElement,
  decodeModemPdu,
  encodeDeliver,
  encodeGsm7,
  encodeStatusReport,
  encodeSubmit,
  encodeUcs2,
  SmsError,
  type TpduDirection,
  tpduAddress,
} from '@textloom/sms'
import type { FuzzedProtocol, FuzzedReader } from './fuzz.ts'

const part = concatElement({ reference: 5, referenceBits: 8, total: 2, sequence: 1 })
const originator = tpduAddress('+36301234567')
const at = Date.UTC(2026, 10, 28)
/** No service centre before it, as a modem's own. */
const pdu = (tpdu: Uint8Array) => Buffer.concat([Buffer.of(0), tpdu])

const sound = [
  pdu(encodeDeliver({ originator, elements: [part], alphabet: 'gsm7', octets: encodeGsm7('YES {€}'), sentAtMs: at })),
  pdu(encodeDeliver({ originator, elements: [], alphabet: 'ucs2', octets: encodeUcs2('ő🎉'), sentAtMs: at })),
  pdu(encodeStatusReport({ reference: 7, recipient: originator, sentAtMs: at, doneAtMs: at, status: 0 })),
  pdu(
    encodeSubmit({
      destination: originator,
      elements: [part],
      alphabet: 'gsm7',
      octets: encodeGsm7('Hello'),
      wantsReport: true,
      validityMs: 3_600_000,
    }),
  ),
]

/** TPDUs as modems write them; there is no connection to lose, so one damaged PDU is one connection. */
export const tpduFuzz: FuzzedProtocol = { sound, fresh: freshReader }

function freshReader(): FuzzedReader {
  const [deliver] = sound
  const { tpdu } = decodeModemPdu(deliver ?? Buffer.alloc(0), 'to-phone')
  if (tpdu.type !== 'deliver' || tpdu.userData.text !== 'YES {€}') throw new Error('A sound TPDU was misread.')
  const reader = {
    answered: 0,
    isClosed: false,
    receive(octets: Buffer) {
      reader.answered += read(octets, 'to-phone') + read(octets, 'to-smsc')
    },
  }
  return reader
}

/** How often it was read: 1, or 0 where it was refused as it should be. */
function read(octets: Buffer, direction: TpduDirection): number {
  try {
    decodeModemPdu(octets, direction)
    return 1
  } catch (error) {
    if (error instanceof SmsError) return 0
    throw error
  }
}
