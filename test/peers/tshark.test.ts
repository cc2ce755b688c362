import { transports } from '@textloom/transports'
import { PretendSmsc, RecordingHost } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, tshark } from '../peers.ts'
import { readings } from './tshark-readings.ts'

/** Every PDU of a conversation of our ESME with our SMSC, in both directions. */
async function conversation(): Promise<readonly { readonly direction: 'in' | 'out'; readonly octets: Buffer }[]> {
  const smsc = await new PretendSmsc({ ids: 'hex-to-decimal', firstId: 0x7f3a, enquireLinkMs: 200 }).start()
  onTestFinished(() => smsc.stop())
  const smpp = transports.get('smpp')
  const host = new RecordingHost()
  const submitTlvs = { '0x1401': { type: 'text', value: 'for {{toDigits}}' }, '0x1402': { type: 'int16', value: '7' } }
  const account = { host: '127.0.0.1', port: smsc.port, systemId: 'tl', password: 'secret' }
  const config = smpp?.config.parse({ ...account, submitTlvs })
  const link = smpp?.open('a', config, host)
  link?.start()
  await smsc.hears({ from: '+36301234567', to: '4040', text: 'Long MO, with ő. '.repeat(8) })
  await smsc.hears({ from: '+36301234567', to: '4040', text: 'SAR. '.repeat(50) }, 'sar')
  const common = { from: '4040', to: '+36301234567', wantsDlr: true, validityMs: 3_600_000 }
  const sent = await link?.send({ ...common, key: '1', reference: 1, text: 'Hello €' })
  await link?.send({ ...common, key: '2', reference: 0x1234, text: 'Long MT. '.repeat(40) })
  smsc.fault({ submit: 'throttle' })
  await link?.send({ ...common, key: '3', reference: 3, text: 'no' }).catch(() => undefined)
  await host.until(({ dlrs }) => dlrs.length === 4)
  const accepted = { ...common, key: '1', providerIds: sent?.providerIds ?? [] }
  await link?.query?.(accepted)
  await link?.cancel?.(accepted).catch(() => undefined)
  await link?.stop(1_000)
  return smsc.ledger
}

describeWith([tshark], 'tshark reads every PDU of a conversation', () => {
  test('and finds none malformed', async () => {
    const ledger = await conversation()
    expect(ledger.length).toBeGreaterThan(20)
    const packets = ledger.map(({ octets }) => octets)
    const read = readings('smpp', packets, ['smpp.command_id', '_ws.malformed', '_ws.expert.message'])
    expect(read).toHaveLength(packets.length)
    expect(read.filter(([command = '', malformed = '']) => command === '' || malformed !== '')).toEqual([])
    const commands = new Set(read.map(([command = '']) => Number(command)))
    for (const id of [9, 0x80000009, 3, 0x80000003, 8, 0x80000008, 4, 0x80000004, 5, 0x80000005, 6, 0x80000006])
      expect(commands).toContain(id)
  })

  test('and sees parts, receipts and throttling as we mean them', async () => {
    const ledger = await conversation()
    const sent = (id: number) => ledger.map(({ octets }) => octets).filter((octets) => octets.readUInt32BE(4) === id)
    const submits = readings('smpp', sent(4), [
      'smpp.destination_addr',
      'smpp.dest_addr_ton',
      'gsm_sms.udh.mm.msg_id',
      'gsm_sms.udh.mm.msg_parts',
    ])
    expect(submits.slice(0, 4)).toEqual([
      ['36301234567', '0x01', '', ''],
      ['36301234567', '0x01', '52', '3'],
      ['36301234567', '0x01', '52', '3'],
      ['36301234567', '0x01', '52', '3'],
    ])
    const delivers = readings('smpp', sent(5), [
      'smpp.sar_total_segments',
      'smpp.receipted_message_id',
      'smpp.message_state',
    ])
    expect(delivers.filter(([sar]) => sar !== '').map(([sar]) => sar)).toEqual(['2', '2'])
    expect(delivers.filter(([, id]) => id !== '').map(([, id]) => id)).toContain(String(0x7f3a))
    expect(readings('smpp', sent(0x80000004), ['smpp.command_status']).flat().map(Number)).toContain(0x58)
  })
})
