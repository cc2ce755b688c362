import { createServer } from 'node:net'
import { duplexPair } from 'node:stream'
import { transports } from '@textloom/transports'
import { PretendModem } from '@textloom/transports/pretend-modem'
import { RecordingHost } from '@textloom/transports/testing'
import { onTestFinished } from 'vitest'

/** A TPDU that went over the line between our link and our modem, without its service centre. */
export interface WireTpdu {
  readonly to: 'phone' | 'smsc'
  readonly octets: Uint8Array
}

const phone = '+36301234567'
/** Ends a PDU that a modem is given. */
const CTRL_Z = String.fromCharCode(0x1a)
const texts = ['Hello {€} @ £', 'jövök, ő is 🎉', 'Long MT. '.repeat(40), 'Ő'.repeat(100)]

/** Every TPDU of a conversation by a modem: texts both ways in every alphabet, long ones, and receipts. */
export async function modemTpdus(): Promise<readonly WireTpdu[]> {
  const modem = new PretendModem()
  const heard = { phone: '', smsc: '' }
  const server = createServer((socket) => {
    const [ours, theirs] = duplexPair()
    modem.attach(theirs)
    socket.on('data', (octets) => {
      heard.smsc += octets.toString('latin1')
      ours.write(octets)
    })
    ours.on('data', (octets: Buffer) => {
      heard.phone += octets.toString('latin1')
      socket.write(octets)
    })
    socket.on('close', () => ours.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const serial = transports.get('serial')
  const host = new RecordingHost()
  const settings = { path: `tcp://127.0.0.1:${port}`, nationalTables: ['turkish'] }
  const link = serial?.open('gsm-1', serial.config.parse(settings), host)
  onTestFinished(async () => {
    await link?.stop(0)
    server.close()
  })
  link?.start()
  await host.untilState('bound')
  for (const [index, text] of texts.entries()) {
    await modem.hears(phone, text)
    await modem.hears('Textloom', text)
    await link?.send({ key: `${index}`, from: '4040', to: phone, text, reference: index, wantsDlr: true })
  }
  await link?.send({
    key: 'tr',
    from: '4040',
    to: phone,
    text: 'Şğ ışık',
    reference: 9,
    wantsDlr: false,
    validityMs: 3_600_000,
  })
  await host.until(({ dlrs }) => dlrs.length === 1 + 1 + 3 + 2)
  return [...tpdusIn(heard.smsc, 'smsc'), ...tpdusIn(heard.phone, 'phone')]
}

/** What a line carries as hex digits is PDUs, each behind a service centre of its own. */
function tpdusIn(said: string, to: WireTpdu['to']): WireTpdu[] {
  return [...new Set(said.replaceAll(CTRL_Z, '\r').match(/^[\dA-F]{20,}(?=\r?$)/gm))].map((digits) => {
    const octets = Buffer.from(digits, 'hex')
    return { to, octets: octets.subarray(1 + (octets[0] ?? 0)) }
  })
}
