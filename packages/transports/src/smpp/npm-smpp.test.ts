/// <reference path="../testing/npm-smpp.d.ts" />
import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import npm from 'smpp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { arbitraryPdu } from '../testing/arbitrary-pdu.ts'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { smppConfigSchema } from './config.ts'
import { SmppLink } from './link.ts'
import { decodePdu } from './pdu/decode.ts'
import { encodePdu } from './pdu/encode.ts'
import type { PduInput } from './pdu/pdu.ts'
import { PretendSmsc } from './pretend/smsc.ts'

// npm smpp shares its tables with us and nothing else: its parser, sessions and texts are its own.

describe('our codec and that of npm smpp', () => {
  const message = {
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: '36301234567',
    destination_addr: '4040',
    esm_class: 4,
    registered_delivery: 1,
    data_coding: 8,
    short_message: Buffer.from('0151', 'hex'),
    receipted_message_id: '7f3a',
    message_state: 2,
    sar_msg_ref_num: 0x1234,
  }

  test('read the same in a deliver_sm with TLVs that the other wrote', () => {
    const theirs = new npm.PDU('deliver_sm', { sequence_number: 7, ...message }).toBuffer()
    const pdu = decodePdu(theirs)
    const { receipted_message_id, message_state, sar_msg_ref_num, ...fields } = message
    expect(pdu).toMatchObject({
      command: 'deliver_sm',
      sequence: 7,
      fields,
      tlvs: { receipted_message_id, message_state, sar_msg_ref_num },
    })
    expect(npm.PDU.fromBuffer(encodePdu(pdu as PduInput))).toMatchObject({
      ...message,
      short_message: { message: 'ő' },
      sequence_number: 7,
    })
  })

  test('agree on whatever we write, but for the octets in which npm smpp keeps only 7 bits', () => {
    const plain = arbitraryPdu.filter(({ command }) =>
      /^(bind|unbind|enquire|query_sm$|cancel|submit_sm_resp)/.test(command),
    )
    fc.assert(
      fc.property(plain, (pdu) => {
        const theirs = npm.PDU.fromBuffer(encodePdu({ ...pdu, tlvs: {} } as PduInput))
        expect(theirs).toMatchObject({
          command: pdu.command,
          sequence_number: pdu.sequence,
          command_status: pdu.status,
        })
        for (const [name, value] of Object.entries(pdu.fields)) {
          if (typeof value === 'number' && theirs[name] !== undefined) expect(theirs[name]).toBe(value)
          if (typeof value === 'string' && /^[ -~]*$/.test(value) && !/date|time|period/.test(name)) {
            expect(theirs[name] ?? '').toBe(value)
          }
        }
      }),
    )
  })
})

test('an npm smpp client converses with our SMSC', async () => {
  const smsc = await new PretendSmsc({ ids: 'hex' }).start()
  onTestFinished(() => smsc.stop())
  const client = npm.connect({ host: '127.0.0.1', port: smsc.port })
  onTestFinished(() => {
    client.socket.destroy()
  })
  const delivered = Promise.withResolvers<string>()
  client.on('deliver_sm', (pdu) => {
    client.send(pdu.response())
    delivered.resolve((pdu.short_message as { message: string }).message)
  })
  const bound = await new Promise<number>((resolve) =>
    client.bind_transceiver({ system_id: 'a', password: 'b' }, (pdu) => resolve(pdu.command_status)),
  )
  expect(bound).toBe(0)
  const arrived = smsc.next('mt')
  const id = await new Promise<unknown>((resolve) =>
    client.submit_sm(
      { source_addr: '4040', destination_addr: '36301234567', dest_addr_ton: 1, short_message: 'Hello' },
      (pdu) => resolve(pdu.message_id),
    ),
  )
  expect(id).toMatch(/^[0-9A-F]+$/)
  expect(await arrived).toMatchObject({ from: '4040', to: '+36301234567', text: 'Hello' })
  expect(await smsc.hears({ from: '+36301234567', to: '4040', text: 'YES ő' })).toBe(true)
  expect(await delivered.promise).toBe('YES ő')
  const unbound = await new Promise<number>((resolve) => client.unbind((pdu) => resolve(pdu.command_status)))
  expect(unbound).toBe(0)
})

test('our ESME converses with an npm smpp server', async () => {
  const submitted = Promise.withResolvers<Record<string, unknown>>()
  const answered = Promise.withResolvers<number>()
  const unbound = Promise.withResolvers<void>()
  const server = npm.createServer({}, (session) => {
    session.on('error', () => undefined)
    session.on('bind_transceiver', (pdu) => {
      session.send(pdu.response({ system_id: 'npm' }))
      session.deliver_sm(
        {
          source_addr: '36301234567',
          source_addr_ton: 1,
          destination_addr: '4040',
          short_message: 'jövök',
          data_coding: 8,
        },
        (response) => answered.resolve(response.command_status),
      )
    })
    session.on('submit_sm', (pdu) => {
      submitted.resolve({ ...pdu })
      session.send(pdu.response({ message_id: 'npm-1' }))
    })
    session.on('unbind', (pdu) => {
      session.send(pdu.response())
      unbound.resolve()
      session.close()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => {
    server.close()
  })
  const { port } = server.address() as { port: number }
  const host = new RecordingHost()
  const link = new SmppLink('a', smppConfigSchema.parse({ host: '127.0.0.1', port, systemId: 'tl' }), host)
  link.start()
  await host.until(({ mos }) => mos.length === 1)
  expect(host.mos).toMatchObject([{ from: '+36301234567', to: '4040', text: 'jövök' }])
  expect(await answered.promise).toBe(0)
  expect(await link.send(someMt({ text: 'Szia, ő!' }))).toEqual({ providerIds: ['npm-1'] })
  expect(await submitted.promise).toMatchObject({
    destination_addr: '36301234567',
    dest_addr_ton: 1,
    data_coding: 8,
    short_message: { message: 'Szia, ő!' },
  })
  await link.stop(1_000)
  await unbound.promise
})
