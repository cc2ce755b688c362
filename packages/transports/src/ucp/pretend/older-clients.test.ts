import { Buffer } from 'node:buffer'
import { expect, onTestFinished, test } from 'vitest'
import { FramedLink } from '../../framed/link.ts'
import { someMt } from '../../testing/conformance.ts'
import { RecordingHost } from '../../testing/recording-host.ts'
import { ucpClient } from '../client.ts'
import { ucpConfigSchema } from '../config.ts'
import { ucpRequest } from '../frame.ts'
import { PretendUcpSmsc } from './smsc.ts'

const text = 'Hello, 2 @ 5 pm?'
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex').toUpperCase()

test.each([
  {
    operation: '30',
    fields: { AdC: '0036301234567', OAdC: '4040', NRq: '1', AMsg: hex(Buffer.from(text, 'latin1')) },
  },
  {
    operation: '01',
    // GSM 7-bit has @ at 0.
    fields: { AdC: '0036301234567', OAdC: '4040', MT: '3', Msg: hex(Buffer.from(text.replace('@', '\0'), 'latin1')) },
  },
])('a client that submits by operation $operation is understood', async ({ operation, fields }) => {
  const smsc = await new PretendUcpSmsc().start()
  const host = new RecordingHost()
  const config = ucpConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, user: '4040', password: 's' })
  const protocol = { ...ucpClient(config, () => 0), submits: () => [ucpRequest(operation, fields)] }
  const link = new FramedLink('old', protocol, config, host)
  onTestFinished(async () => {
    await link.stop(0)
    await smsc.stop()
  })
  link.start()
  await host.untilState('bound')
  const arrived = smsc.next('mt')
  const { providerIds } = await link.send(someMt())
  expect(await arrived).toMatchObject({ from: '4040', to: '+36301234567', text })
  if (operation !== '30') return
  await host.until(({ dlrs }) => dlrs.length === 1)
  expect(host.dlrs.map(({ providerId }) => providerId)).toEqual(providerIds)
})
