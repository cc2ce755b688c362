import { SmsError } from '../errors.ts'
import { readServiceCentre, type TpduAddress } from './address.ts'
import { type DeliverTpdu, readDeliver } from './deliver.ts'
import { OctetReader } from './octet-reader.ts'
import { readStatusReport, type StatusReportTpdu } from './status-report.ts'
import { readSubmit, type SubmitTpdu } from './submit.ts'

/** Which way a TPDU goes: its first octet means different things to the phone and to the SMSC. */
export type TpduDirection = 'to-phone' | 'to-smsc'

/** A TPDU that a modem hands over or takes. */
export type Tpdu = DeliverTpdu | SubmitTpdu | StatusReportTpdu

/**
 * Reads a TPDU (3GPP TS 23.040 §9.2). Octets behind its end are ignored, as §9.2.3 asks of receivers.
 *
 * @throws SmsError `sms/tpdu-truncated` with the offset and the field that is cut short, `sms/tpdu-type` for another kind
 * of TPDU.
 */
export function decodeTpdu(octets: Uint8Array, direction: TpduDirection): Tpdu {
  return readTpdu(new OctetReader(octets), direction)
}

/** What a modem's line holds in PDU mode: the service centre, then the TPDU. @throws SmsError like {@link decodeTpdu} */
export function decodeModemPdu(
  octets: Uint8Array,
  direction: TpduDirection,
): { readonly serviceCentre: TpduAddress | undefined; readonly tpdu: Tpdu } {
  const reader = new OctetReader(octets)
  const serviceCentre = readServiceCentre(reader)
  return { serviceCentre, tpdu: readTpdu(reader, direction) }
}

function readTpdu(reader: OctetReader, direction: TpduDirection): Tpdu {
  const flags = reader.octet('the first octet')
  const type = flags & 0b11
  if (direction === 'to-phone') {
    // §9.2.3.1: a phone takes the reserved type for an SMS-DELIVER.
    if (type === 0b00 || type === 0b11) return readDeliver(reader, flags)
    if (type === 0b10) return readStatusReport(reader)
  } else if (type === 0b01) return readSubmit(reader, flags)
  throw new SmsError(
    'sms/tpdu-type',
    `A TPDU ${direction === 'to-phone' ? 'to a phone' : 'to an SMSC'} of the type ${type} is none that carries a message.`,
    { octetOffset: reader.offset - 1 },
  )
}
