import { HttpLink, transports } from '@textloom/transports'
import { PretendSmsc, pretendServer, RecordingHost } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, kannel } from '../peers.ts'
import { freePorts } from './free-ports.ts'
import { startKannel } from './kannel.ts'

const phone = '+36301234567'
const token = 'quiet-token'

/** Where Kannel brings what it has: the runtime's route in small. */
async function inbound(receive: HttpLink['receive']) {
  const server = await pretendServer(async (request) => {
    const answer = await receive(request)
    if (answer.kind === 'stored')
      return { status: 200, headers: { 'content-type': answer.contentType }, body: answer.body }
    return { status: answer.kind === 'unavailable' ? 503 : 401, body: answer.detail }
  })
  onTestFinished(() => server.stop())
  return `http://127.0.0.1:${server.port}/in/kannel`
}

function linkOf(config: object): { link: HttpLink; host: RecordingHost } {
  const host = new RecordingHost()
  const http = transports.get('http')
  const link = http?.open('kannel', http.config.parse({ preset: 'kannel', inboundToken: token, ...config }), host)
  if (!(link instanceof HttpLink)) throw new Error('There are no HTTP links.')
  link.start()
  onTestFinished(() => link.stop(0))
  return { link, host }
}

describeWith([kannel], 'Kannel, by HTTP', () => {
  test('as the way to a network: sends, brings receipts under our ids, and brings texts in UTF-16', async () => {
    let receive: HttpLink['receive'] = () => Promise.reject(new Error('not yet'))
    const callbackUrl = await inbound((request) => receive(request))
    const smsc = await new PretendSmsc({ retryMs: 100 }).start()
    onTestFinished(() => smsc.stop())
    const bound = smsc.next('bound')
    const fields = `token=${token}&from=%p&to=%P&text=%b&coding=%c&charset=%C&id=%I`
    const service = `keyword = default\ncatch-all = true\nmax-messages = 0\nget-url = "${callbackUrl}?${fields}"`
    const { sendsmsPort } = await startKannel(smsc.port, [service])
    await bound
    const url = `http://127.0.0.1:${sendsmsPort}/cgi-bin/sendsms`
    const { link, host } = linkOf({ url, callbackUrl, account: 'tester', password: 'foobar' })
    receive = (request) => link.receive(request)

    const arrived = smsc.next('mt')
    const sent = { key: 'mt-1', from: '4040', to: phone, text: 'Készen áll? ő €', reference: 1, wantsDlr: true }
    expect(await link.send(sent)).toEqual({ providerIds: ['mt-1'] })
    expect(await arrived).toMatchObject({ from: '4040', to: phone, text: sent.text })
    await host.until(({ dlrs }) => dlrs.some(({ state }) => state === 'delivered'))
    expect(new Set(host.dlrs.map(({ providerId }) => providerId))).toEqual(new Set(['mt-1']))

    for (const text of ['YES @ £5', 'Igen, jövök ő 日本']) {
      await smsc.hears({ from: phone, to: '4040', text })
      await host.until(({ mos }) => mos.some((mo) => mo.text === text))
    }
    expect(host.mos).toMatchObject([
      { from: phone, to: '4040' },
      { from: phone, to: '4040' },
    ])
    expect(new Set(host.mos.map(({ id }) => id)).size).toBe(2)
    expect((await link.send({ ...sent, key: 'mt-2', wantsDlr: false })).providerIds).toEqual(['mt-2'])
  })

  test('as a client of ours: what it sends by smsc = http is a message from its phones', async () => {
    const { link, host } = linkOf({ url: undefined, tokenField: 'password', answer: '0: Accepted for delivery' })
    const url = await inbound((request) => link.receive(request))
    const [port = 0] = await freePorts(1)
    const where = `smsc-username = any\nsmsc-password = ${token}\nsend-url = "${url}"`
    const nothing = 'keyword = default\ntext = "No service specified"'
    const { sendsmsPort, logs } = await startKannel(port, [nothing], 'http', where)
    const query = new URLSearchParams({ username: 'tester', password: 'foobar', from: phone, to: '4040' })
    for (const text of ['Hello', 'Szia ő']) {
      const coding = text === 'Hello' ? '' : '&coding=2&charset=UTF-8'
      const asked = `http://127.0.0.1:${sendsmsPort}/cgi-bin/sendsms?${query}&text=${encodeURIComponent(text)}${coding}`
      expect((await fetch(asked)).status).toBe(202)
      await host.until(({ mos }) => mos.some((mo) => mo.text === text))
    }
    expect(host.mos).toMatchObject([
      { from: phone, to: '4040', text: 'Hello' },
      { from: phone, to: '4040', text: 'Szia ő' },
    ])
    await expect.poll(logs, { timeout: 5_000 }).toContain('Sent SMS')
    expect(await logs()).not.toContain('FAILED Send SMS')
  })
})
