import { connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { noCertificates, selfSigned } from '../testing/certificate.ts'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { smppConfigSchema } from './config.ts'
import { SmppLink } from './link.ts'
import { PretendSmsc } from './pretend/smsc.ts'

const quick = { lost: { firstMs: 5, maxMs: 20 }, refused: { firstMs: 5, maxMs: 20 } }

describe(
  'an SMSC behind TLS',
  noCertificates === undefined ? {} : { skip: true, meta: { skippedBecause: noCertificates } },
  () => {
    let certificate = ''
    let key = ''

    beforeAll(() => {
      ;({ cert: certificate, key } = selfSigned('smsc.example'))
    })

    /** A TLS end in front of a plain SMSC, and a link to it. */
    async function linkWith(tls: unknown) {
      const smsc = await new PretendSmsc().start()
      const sockets = new Set<Socket>()
      const front = createServer({ key, cert: certificate }, (secure) => {
        const plain = connect(smsc.port, '127.0.0.1')
        for (const socket of [secure, plain]) sockets.add(socket.on('error', () => undefined))
        secure.pipe(plain).pipe(secure)
      })
      front.on('tlsClientError', () => undefined)
      await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
      const { port } = front.address() as { port: number }
      const host = new RecordingHost()
      const config = smppConfigSchema.parse({ host: '127.0.0.1', port, systemId: 'tl', tls })
      const link = new SmppLink('a', config, host, { backoff: quick })
      onTestFinished(async () => {
        await link.stop(0)
        for (const socket of sockets) socket.destroy()
        front.close()
        await smsc.stop()
      })
      link.start()
      return { smsc, link, host }
    }

    test('is bound to when its certificate is trusted, and MTs and MOs pass', async () => {
      const { smsc, link, host } = await linkWith({ ca: certificate, servername: 'smsc.example' })
      await host.untilState('bound')
      const arrived = smsc.next('mt')
      await link.send(someMt({ text: 'over TLS' }))
      expect(await arrived).toMatchObject({ text: 'over TLS' })
      expect(await smsc.hears({ from: '+36301234567', to: '4040', text: 'YES' })).toBe(true)
    })

    test.each([
      { what: 'nobody vouches for it', tls: true, says: 'self-signed certificate' },
      { what: 'it is for another name', tls: 'other', says: 'does not match' },
    ])('is not trusted when $what, and the operator is told', async ({ tls, says }) => {
      const { smsc, link, host } = await linkWith(
        tls === true ? true : { ca: certificate, servername: 'other.example' },
      )
      await host.untilState('waiting')
      expect(link.status().lastError).toContain(says)
      expect(smsc.received('bind_transceiver')).toEqual([])
    })

    test('is bound to without trust only where the settings say so', async () => {
      const { host } = await linkWith({ rejectUnauthorized: false })
      await host.untilState('bound')
    })
  },
)
