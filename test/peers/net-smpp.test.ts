import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type OutboundMt, transportRegistry } from '@textloom/core'
import { transportTypes } from '@textloom/transports'
import { PretendSmsc, RecordingHost } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, netSmpp } from '../peers.ts'
import { freePorts } from './free-ports.ts'

/** Runs one of our Perl scripts and hands out what it prints, line by line. */
function perl(script: string, ...argv: string[]): AsyncIterator<string, undefined> {
  const child = spawn(netSmpp.path ?? 'perl', [fileURLToPath(new URL(script, import.meta.url)), ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return createInterface({ input: child.stdout })[Symbol.asyncIterator]()
}

const mt: OutboundMt = {
  key: 'mt-1',
  from: '4040',
  to: '+36301234567',
  text: 'Jó, ő!',
  reference: 7,
  wantsDlr: true,
}

describeWith([netSmpp], 'Net::SMPP, a codec that shares nothing with ours', () => {
  test('as SMSC understands our ESME, and our ESME understands it', async () => {
    const lines = perl('net-smpp-smsc.pl')
    const port = Number(((await lines.next()).value ?? '').split(' ')[1])
    const smpp = transportRegistry(transportTypes).get('smpp')
    const host = new RecordingHost()
    const config = smpp?.config.parse({ host: '127.0.0.1', port, systemId: 'tl', password: 'secret' })
    const link = smpp?.open('perl', config, host)
    link?.start()
    expect((await lines.next()).value).toBe('bind tl secret 52')
    expect((await lines.next()).value).toBe('delivered 0')
    expect(host.mos).toMatchObject([{ from: '+36301234567', to: '4040', text: 'YES' }])
    await host.untilState('bound')
    expect(await link?.send(mt)).toEqual({ providerIds: ['perl-1'] })
    expect((await lines.next()).value).toBe('submit 4040 1 36301234567 0 1 8 004a00f3002c002001510021')
    await link?.stop(1_000)
    expect((await lines.next()).value).toBe('unbind')
  })

  test('as ESME understands our SMSC, and our SMSC understands it', async () => {
    const smsc = await new PretendSmsc({ ids: 'text', firstId: 1 }).start()
    onTestFinished(() => smsc.stop())
    const arrived = smsc.next('mt')
    const lines = perl('net-smpp-esme.pl', String(smsc.port))
    expect((await lines.next()).value).toBe('bound 0 textloom-smsc')
    expect((await lines.next()).value).toBe('submitted 0 msg-1')
    expect(await arrived).toMatchObject({ from: '4040', to: '+36301234567', text: 'Hő' })
    const taken = smsc.hears({ from: '+36301234567', to: '4040', text: 'YES' })
    expect((await lines.next()).value).toBe('mo 1 36301234567 4040 YES')
    expect(await taken).toBe(true)
    expect((await lines.next()).value).toBe('unbound 0')
  })

  test('as ESME at a link of ours submits and is delivered to', async () => {
    const [port = 0] = await freePorts(1)
    const server = transportRegistry(transportTypes).get('smpp-server')
    const host = new RecordingHost()
    const link = server?.open('crm', server.config.parse({ port, systemId: 'perl', password: 'secret' }), host)
    link?.start()
    onTestFinished(() => link?.stop(0))
    await host.untilState('waiting')
    const lines = perl('net-smpp-esme.pl', String(port))
    expect((await lines.next()).value).toBe('bound 0 textloom')
    expect((await lines.next()).value).toMatch(/^submitted 0 e\d+$/)
    expect(host.mos).toMatchObject([{ from: '4040', to: '+36301234567', text: 'Hő' }])
    const taken = link?.send({ ...mt, from: '+36301234567', to: '4040', text: 'YES' })
    expect((await lines.next()).value).toBe('mo 1 36301234567 4040 YES')
    expect((await taken)?.providerIds).toHaveLength(1)
    expect((await lines.next()).value).toBe('unbound 0')
  })
})
