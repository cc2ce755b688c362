import { expect, onTestFinished, test } from 'vitest'
import { cimd2 } from '../cimd2/index.ts'
import { PretendCimd2Smsc } from '../cimd2/pretend/smsc.ts'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { ucp } from '../ucp/index.ts'
import { PretendUcpSmsc } from '../ucp/pretend/smsc.ts'
import { headedSegments } from './segments.ts'

const texts = [
  { what: 'one segment', text: `Doğru şık {ı} ${'a'.repeat(120)}`, segments: 1 },
  { what: 'several', text: 'Doğru ışık. '.repeat(30), segments: 3 },
  { what: 'one that no table has', text: '日本語 ğ', segments: 1 },
  { what: 'one that needs none', text: 'plain @ {text} €', segments: 1 },
]
const language = { nationalTables: ['turkish'] }

test.each(texts)('a text of $what arrives whole by UCP and CIMD2 with national tables', async ({ text, segments }) => {
  const [byUcp, byCimd2] = await Promise.all([new PretendUcpSmsc().start(), new PretendCimd2Smsc().start()])
  const hosts = [new RecordingHost(), new RecordingHost()] as const
  const to = (port: number) => ({ host: '127.0.0.1', port, ...language })
  const links = [
    ucp.open('u', ucp.config.parse({ ...to(byUcp.port), user: '4040', password: 's' }), hosts[0]),
    cimd2.open('c', cimd2.config.parse({ ...to(byCimd2.port), user: 'tl' }), hosts[1]),
  ]
  onTestFinished(async () => {
    await Promise.all(links.map((link) => link.stop(0)))
    await Promise.all([byUcp.stop(), byCimd2.stop()])
  })
  for (const link of links) link.start()
  await Promise.all(hosts.map((host) => host.untilState('bound')))
  const arrived = Promise.all([byUcp.next('mt'), byCimd2.next('mt')])
  await Promise.all(links.map((link) => link.send(someMt({ text }))))
  expect((await arrived).map((mt) => [mt.text, mt.segments])).toEqual([
    [text, segments],
    [text, segments],
  ])
})

test('an SMSC that takes IRA gets UCS-2: no table stands in for ASCII', () => {
  const segments = headedSegments({ key: 'mt', text: 'ğ', reference: 1 }, 'ucp', {
    charset: 'ascii',
    nationalTables: ['turkish'],
  })
  expect(segments).toMatchObject([{ alphabet: 'ucs2' }])
})
