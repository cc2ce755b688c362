import { Buffer } from 'node:buffer'
import { readDeliver } from '../../smpp/deliver.ts'
import { encodePdu } from '../../smpp/pdu/encode.ts'
import type { PduInput } from '../../smpp/pdu/pdu.ts'
import { ESME } from '../../smpp/pdu/status.ts'
import { Session } from '../../smpp/session.ts'
import type { SessionHost } from '../../smpp/session-host.ts'
import { manualTimers } from '../manual-timers.ts'
import type { FuzzedProtocol, FuzzedReader } from './fuzz.ts'

const addresses = { source_addr: '36301234567', destination_addr: '4040' }
const receipt = 'id:7F sub:001 dlvrd:001 submit date:2611281200 done date:2611281201 stat:DELIVRD err:000 text:Hello'

/** Each is answered, by an ESME and by an SMSC: both take requests of both kinds here. */
const requests: readonly PduInput[] = [
  { command: 'deliver_sm', sequence: 1, fields: { ...addresses, short_message: Buffer.from('YES please') } },
  {
    command: 'deliver_sm',
    sequence: 2,
    fields: {
      ...addresses,
      esm_class: 0x40,
      data_coding: 8,
      short_message: Buffer.from('0500034502010151d83c', 'hex'),
    },
  },
  {
    command: 'deliver_sm',
    sequence: 3,
    fields: { ...addresses, esm_class: 0x04, short_message: Buffer.from(receipt) },
    tlvs: { receipted_message_id: '7F', message_state: 2 },
  },
  {
    command: 'data_sm',
    sequence: 4,
    fields: { ...addresses },
    tlvs: {
      sar_msg_ref_num: 5,
      sar_total_segments: 2,
      sar_segment_seqnum: 1,
      message_payload: Buffer.alloc(300, 0x61),
    },
  },
  { command: 'submit_sm', sequence: 5, fields: { ...addresses, short_message: Buffer.from('Hello') } },
  { command: 'enquire_link', sequence: 6 },
]
const sound = requests.map((request) => encodePdu(request))

/** What an SMSC sends to an ESME, and an ESME to an SMSC: their readers take turns. */
export function smppFuzz(): FuzzedProtocol {
  let connections = 0
  return { sound, fresh: () => freshSession(++connections % 2 === 0 ? 'smsc' : 'esme') }
}

function freshSession(side: 'esme' | 'smsc'): FuzzedReader {
  const reader = { answered: 0, isClosed: false, receive: (octets: Buffer) => session.receive(octets) }
  const host: SessionHost = {
    timers: manualTimers(),
    write() {
      reader.answered++
    },
    close() {
      reader.isClosed = true
    },
    onBound: () => {},
    onRequest({ pdu, answer }) {
      if (pdu.command !== 'deliver_sm' && pdu.command !== 'data_sm' && pdu.command !== 'submit_sm') return false
      const inbound =
        pdu.command === 'submit_sm'
          ? undefined
          : readDeliver(pdu, { dataCoding0: 'gsm7', moId: (id) => `mo:fuzz:${id}` })
      answer(ESME.ROK, pdu.command === 'deliver_sm' ? {} : { message_id: inbound === undefined ? '1' : '2' })
      return true
    },
    onEnd: () => {},
    log: () => {},
    ...(side === 'smsc' ? { onBind: () => ({ status: ESME.ROK, systemId: 'smsc' }) } : {}),
  }
  const session = new Session(host, {
    windowSize: 10,
    enquireLinkMs: 30_000,
    responseTimeoutMs: 1_000,
    bindTimeoutMs: 1_000,
  })
  if (side === 'smsc') session.receive(encodePdu({ command: 'bind_transceiver', sequence: 1 }))
  else {
    session.bind('transceiver', { system_id: 'tl' })
    session.receive(encodePdu({ command: 'bind_transceiver_resp', sequence: 1 }))
  }
  if (session.state !== 'bound') throw new Error(`A fresh connection is ${session.state}, not bound.`)
  for (const pdu of sound) {
    const before = reader.answered
    session.receive(pdu)
    if (reader.answered !== before + 1) throw new Error(`A sound PDU was not answered: ${pdu.toString('hex')}`)
  }
  return reader
}
