import { onTestFinished } from 'vitest'
import { type ConformanceBench, transportConformance } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { smppConfigSchema } from './config.ts'
import { SmppLink } from './link.ts'
import { PretendSmsc } from './pretend/smsc.ts'

const quick = { lost: { firstMs: 10, maxMs: 20 }, refused: { firstMs: 10, maxMs: 20 } }

async function bench(more: object = {}): Promise<ConformanceBench> {
  const smsc = await new PretendSmsc({ retryMs: 10 }).start()
  const host = new RecordingHost()
  const config = smppConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, systemId: 'tl', password: 's', ...more })
  const link = new SmppLink('smsc-a', config, host, { backoff: quick })
  onTestFinished(() => smsc.stop())
  return {
    link,
    host,
    hears: async (from, to, text) => {
      await smsc.hears({ from, to, text })
    },
    nextMt: () => smsc.next('mt'),
    refuseNext(how) {
      if (how === 'throttled') smsc.fault({ submit: 'throttle' })
      else smsc.fault({ submit: 'refuse', status: how === 'later' ? 'ESME_RSYSERR' : 'ESME_RINVDSTADR' })
    },
    delayNext: (ms) => smsc.fault({ submit: 'delay', ms }),
    breakConnection: () => smsc.dropConnections(),
    garbage: () => smsc.fault({ octets: 'ff'.repeat(2_000) }),
    close: () => link.stop(0),
  }
}

transportConformance('smpp as transceiver', () => bench())
transportConformance('smpp as a pair of binds', () => bench({ bind: 'pair' }))
transportConformance('smpp as three binds at once', () => bench({ binds: 3 }))
transportConformance('smpp with 16-bit references', () => bench({ longMessages: 'udh16' }))
