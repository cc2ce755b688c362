import { spawn } from 'node:child_process'
import { type OutboundMt, transportRegistry } from '@textloom/core'
import { transportTypes } from '@textloom/transports'
import { PretendCimd2Smsc, RecordingHost } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, kannel, testCimd2, tshark } from '../peers.ts'
import { framed, framedConversation } from './framed-conversation.ts'
import { freePorts } from './free-ports.ts'
import { startKannel } from './kannel.ts'
import { readings } from './tshark-readings.ts'

const phone = '+36301234567'

async function cimd2Smsc() {
  const smsc = await new PretendCimd2Smsc({ retryMs: 100 }).start()
  onTestFinished(() => smsc.stop())
  return smsc
}

describeWith([kannel], 'Kannel, a CIMD2 client, at our SMSC', () => {
  test('logs in, hears a phone, answers it, and finds the message of its receipt', async () => {
    const smsc = await cimd2Smsc()
    const bound = smsc.next('bound')
    const pong = 'keyword = ping\ntext = "PONG @ fixed _ answer"\ncatch-all = true\nmax-messages = 1'
    const gateway = await startKannel(smsc.port, [pong, 'keyword = default\ntext = "No service"'], 'cimd2')
    expect(await bound).toMatchObject({ systemId: 'esme' })
    const answer = smsc.next('mt')
    expect(await smsc.hears({ from: phone, to: '4040', text: 'ping hello' })).toBe(true)
    // It leaves the number of its connection, 40, out of the sender, as CIMD2 has it.
    expect(await answer).toMatchObject({ from: '40', to: phone, text: 'PONG @ fixed _ answer', segments: 1 })
    const sent = smsc.next('dlr-sent')
    const query = new URLSearchParams({
      username: 'tester',
      password: 'foobar',
      from: '4040',
      to: phone,
      text: 'Hello '.repeat(50),
      'dlr-mask': '31',
      'dlr-url': `http://127.0.0.1:${smsc.port}/never`,
    })
    const long = smsc.next('mt')
    await fetch(`http://127.0.0.1:${gateway.sendsmsPort}/cgi-bin/sendsms?${query}`)
    expect(await long).toMatchObject({ to: phone, text: 'Hello '.repeat(50), segments: 2 })
    expect(await sent).toMatchObject({ state: 'delivered' })
    expect(await gateway.logs()).not.toContain('could not find message')
  })
})

/** A link of ours to Kannel's test_cimd2 with these options. */
async function linkToTestCimd2(...options: readonly string[]) {
  const [port = 0] = await freePorts(1)
  const argv = ['--port', String(port), '--user', 'foo', '--password', 'bar', ...options]
  const child = spawn(testCimd2.path ?? '', argv, { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let heard = ''
  const watchers = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      heard += chunk
      for (const look of [...watchers]) look()
    })
  }
  /** Resolves once it has logged this so many times. */
  const hears = (pattern: RegExp, times: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if ((heard.match(pattern)?.length ?? 0) < times) return
        watchers.delete(look)
        resolve()
      }
      watchers.add(look)
      look()
    })
  const cimd2 = transportRegistry(transportTypes).get('cimd2')
  const host = new RecordingHost()
  const settings = { host: '127.0.0.1', port, user: 'foo', password: 'bar', keepAliveMs: 200, windowSize: 1 }
  const link = cimd2?.open('kannel', cimd2.config.parse(settings), host)
  onTestFinished(() => link?.stop(0))
  link?.start()
  return { host, link, hears }
}

const mt: OutboundMt = { key: 'mt-1', from: '4040', to: phone, text: 'Hő @', reference: 7, wantsDlr: true }

describeWith([testCimd2], 'test_cimd2, an SMSC that shares nothing with ours', () => {
  test('takes our login, our MTs and our keep-alive', async () => {
    const { host, link, hears } = await linkToTestCimd2('--activity', '1', '--logging', '1')
    await host.untilState('bound')
    const before = host.logs.length
    const ids = await Promise.all([link?.send(mt), link?.send({ ...mt, key: 'mt-2', text: 'Plain @ text' })])
    expect(ids).toHaveLength(2)
    await hears(/\b40:\d{3}/g, 2)
    expect(link?.status().state).toBe('bound')
    await link?.stop(1_000)
    expect(host.logs.slice(before).filter(({ level }) => level === 'warn')).toEqual([])
  })

  test('floods us with garbage: the link neither freezes nor gives up', async () => {
    const { host, link } = await linkToTestCimd2('--spew', '1')
    await host.until(({ logs, statuses }) => logs.length > 20 || statuses.length > 4)
    expect(['connecting', 'bound', 'waiting', 'refused']).toContain(link?.status().state)
    await link?.stop(1_000)
  })
})

describeWith([tshark], 'tshark', () => {
  test('reads every packet of a conversation, and finds none malformed', async () => {
    const contents = await framedConversation('cimd2', await cimd2Smsc(), { user: 'tl', password: 'secret' })
    const packets = contents.map(framed)
    const read = readings('cimd', packets, ['cimd.opcode', '_ws.malformed'])
    expect(read).toHaveLength(packets.length)
    expect(read.filter(([operation = '', malformed = '']) => operation === '' || malformed !== '')).toEqual([])
    const operations = new Set(read.map(([operation = '']) => Number(operation)))
    for (const operation of [1, 51, 3, 53, 4, 54, 6, 56, 20, 70, 23, 73, 2, 52]) expect(operations).toContain(operation)
  })
})
