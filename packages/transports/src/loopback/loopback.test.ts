import { expect, test } from 'vitest'
import { type ConformanceBench, someMt, transportConformance } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { loopback } from './index.ts'
import { LoopbackLink } from './link.ts'

const noNetwork = 'a loopback link has no network between the link and the phone'

function bench(): ConformanceBench {
  const host = new RecordingHost()
  const link = new LoopbackLink('phone', host)
  const impossible = () => {
    throw new Error(noNetwork)
  }
  let ids = 0
  return {
    link,
    host,
    async hears(from, to, text) {
      const id = `handset-${++ids}`
      for (;;) {
        try {
          return await link.hears(from, to, text, id)
        } catch {
          // A handset tries again, under the same id.
        }
      }
    },
    nextMt: () => new Promise((resolve) => link.onMt(resolve)),
    refuseNext: impossible,
    delayNext: impossible,
    breakConnection: impossible,
    garbage: impossible,
    close: () => link.stop(0),
  }
}

transportConformance('loopback', async () => bench(), {
  skip: {
    'a refusal says whether to try again: later': noNetwork,
    'a refusal says whether to try again: never': noNetwork,
    'a refusal says whether to try again: throttled': noNetwork,
    'a lost link comes back by itself, under a new epoch': noNetwork,
    'an MO whose acknowledgement was lost comes again, and can be told for the same': noNetwork,
    'garbage from the network neither freezes the link nor loses anything': noNetwork,
    'stop lets an MT in flight settle': noNetwork,
  },
})

test('an MO under the id of an earlier one has the same id', async () => {
  const { link, host } = bench()
  link.start()
  await (link as LoopbackLink).hears('+36301234567', '4040', 'YES', 'a')
  await (link as LoopbackLink).hears('+36301234567', '4040', 'YES', 'a')
  expect(host.mos.map(({ id }) => id)).toEqual(['mo:phone:a', 'mo:phone:a'])
})

test('a handset that looks away sees nothing more', async () => {
  const { link } = bench()
  link.start()
  const seen: string[] = []
  const lookAway = (link as LoopbackLink).onMt(({ text }) => seen.push(text))
  await link.send(someMt({ text: 'one' }))
  lookAway()
  await link.send(someMt({ text: 'two' }))
  expect(seen).toEqual(['one'])
})

test('a handset cannot write to a stopped link', async () => {
  const { link } = bench()
  await expect((link as LoopbackLink).hears('+36301234567', '4040', 'YES')).rejects.toThrow('The link phone is stopped')
})

test('a loopback link has no settings', () => {
  expect(loopback.config.parse({})).toEqual({})
  expect(() => loopback.config.parse({ host: 'x' })).toThrow('Unrecognized key')
})
