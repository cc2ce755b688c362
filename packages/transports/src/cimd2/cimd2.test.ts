import { onTestFinished } from 'vitest'
import { FramedLink } from '../framed/link.ts'
import { type ConformanceBench, transportConformance } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { cimd2Client } from './client.ts'
import { cimd2ConfigSchema } from './config.ts'
import { PretendCimd2Smsc } from './pretend/smsc.ts'

const quick = { lost: { firstMs: 10, maxMs: 20 }, refused: { firstMs: 10, maxMs: 20 } }

async function bench(more: object = {}): Promise<ConformanceBench> {
  const smsc = await new PretendCimd2Smsc({ retryMs: 10 }).start()
  const host = new RecordingHost()
  const config = cimd2ConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, user: 'tl', password: 's', ...more })
  const link = new FramedLink(
    'smsc-a',
    cimd2Client(config, () => host.now()),
    config,
    host,
    { backoff: quick },
  )
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
      else smsc.fault({ submit: 'refuse', status: how === 'later' ? 6 : 300 })
    },
    delayNext: (ms) => smsc.fault({ submit: 'delay', ms }),
    breakConnection: () => smsc.dropConnections(),
    garbage: () => smsc.fault({ octets: 'ff'.repeat(2_000) }),
    close: () => link.stop(0),
  }
}

transportConformance('cimd2', () => bench())
transportConformance('cimd2 without checksums, with 16-bit references', () =>
  bench({ checksum: false, longMessages: 'udh16', asksForWindow: true }),
)
