import { transports } from '@textloom/transports'
import { RecordingHost } from '@textloom/transports/testing'

/** A pretend SMSC, as far as a conversation needs it. */
interface Smsc {
  readonly port: number
  readonly ledger: readonly { readonly content: Buffer }[]
  hears(mo: { readonly from: string; readonly to: string; readonly text: string }): Promise<boolean>
  fault(fault: { readonly submit: 'throttle' }): void
}

const phone = '+36301234567'

/** Everything that a client link of ours and our SMSC say to each other in a conversation, without STX and ETX. */
export async function framedConversation(
  kind: 'ucp' | 'cimd2',
  smsc: Smsc,
  settings: { readonly [name: string]: unknown },
): Promise<readonly Buffer[]> {
  const transport = transports.get(kind)
  const host = new RecordingHost()
  const config = transport?.config.parse({ host: '127.0.0.1', port: smsc.port, ...settings })
  const link = transport?.open('a', config, host)
  link?.start()
  await host.untilState('bound')
  await smsc.hears({ from: phone, to: '4040', text: 'Hello @ £ [€]' })
  await smsc.hears({ from: phone, to: '4040', text: 'Long MO, with ő. '.repeat(8) })
  const common = { from: '4040', to: phone, wantsDlr: true, validityMs: 3_600_000 }
  const first = { ...common, key: '1', reference: 1, text: 'Hello € @ _ "quoted" Å' }
  const { providerIds = [] } = (await link?.send(first)) ?? {}
  await link?.send({ ...common, key: '2', reference: 0x1234, text: 'Long MT. '.repeat(40) })
  await link?.send({ ...common, key: '3', reference: 3, text: 'Ő'.repeat(100), from: 'Textloom' })
  smsc.fault({ submit: 'throttle' })
  await link?.send({ ...common, key: '4', reference: 4, text: 'no' }).catch(() => undefined)
  await host.until(({ dlrs }) => dlrs.length === 6)
  const told = (await link?.query?.({ ...first, providerIds })) ?? []
  await host.until(({ dlrs }) => told.length > 0 || dlrs.length === 7)
  await link?.cancel?.({ ...first, providerIds }).catch(() => undefined)
  await host.until(() => smsc.ledger.length > 0)
  await link?.stop(1_000)
  return smsc.ledger.map(({ content }) => content)
}

/** The frame that stands between STX and ETX, with both. */
export function framed(content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(2), content, Buffer.of(3)])
}
