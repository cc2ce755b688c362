import { onTestFinished } from 'vitest'
import { type ConformanceBench, type Skips, transportConformance } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { httpConfigSchema } from './config.ts'
import { HttpLink } from './link.ts'
import { type PresetName, presetNames } from './presets/index.ts'
import { pretendSecret } from './pretend/dialects.ts'
import { PretendProvider } from './pretend/provider.ts'

const paths: Readonly<Record<PresetName, string>> = {
  generic: '/sms',
  twilio: '/2010-04-01/Accounts/{{account}}/Messages.json',
  vonage: '/sms/json',
  kannel: '/cgi-bin/sendsms',
  'android-sms-gateway': '/3rdparty/v1/messages',
}

async function bench(preset: PresetName): Promise<ConformanceBench> {
  const host = new RecordingHost()
  const provider = await new PretendProvider({ preset, deliver: (request) => link.receive(request) }).start()
  onTestFinished(() => provider.stop())
  const config = httpConfigSchema.parse({
    preset,
    url: `http://127.0.0.1:${provider.port}${paths[preset]}`,
    account: 'AC1',
    password: pretendSecret,
    inboundToken: pretendSecret,
    callbackUrl: 'https://sms.example.org/in/pretend',
    number: '4040',
  })
  const link = new HttpLink('pretend', config, host)
  return {
    link,
    host,
    hears: (from, to, text) => provider.hears(from, to, text),
    nextMt: () => provider.nextMt(),
    refuseNext: (how) => provider.refuseNext(how),
    delayNext: (ms) => provider.delayNext(ms),
    breakConnection: () => {
      throw new Error('There is no connection between requests.')
    },
    garbage: () => {
      throw new Error('A request that makes no sense is a request by itself.')
    },
    close: () => link.stop(0),
  }
}

const skip: Skips = {
  'an MO whose acknowledgement was lost comes again, and can be told for the same':
    "an HTTP link has no connection to break; its ids are the provider's own, the same each time (presets.test.ts)",
  'garbage from the network neither freezes the link nor loses anything':
    'an HTTP link has no stream that could get out of step; requests that make no sense are refused (presets.test.ts)',
  'a lost link comes back by itself, under a new epoch':
    'an HTTP link has no connection between requests; link.test.ts has a provider that goes away and comes back',
}
for (const preset of presetNames) transportConformance(`http as ${preset}`, () => bench(preset), { skip })
