import { transports } from '@textloom/transports'
import { RecordingHost } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, kannel } from '../peers.ts'
import { freePorts } from './free-ports.ts'
import { startKannel } from './kannel.ts'

const phone = '+36301234567'
const echo = 'keyword = say\ntext = "You said %r"\ncatch-all = true\nmax-messages = 5\nconcatenation = true'
const others = 'keyword = default\ntext = "No service specified"'

/** A link of kind `smpp-server` with Kannel bound to it, by the second of its accounts. */
async function linkWithKannel() {
  const transport = transports.get('smpp-server')
  const [port = 0] = await freePorts(1)
  const host = new RecordingHost()
  const config = transport?.config.parse({ port, systemId: 'crm', password: 'x', accounts: { esme: 'secret' } })
  const link = transport?.open('partner', config, host)
  if (link === undefined) throw new Error('There are no links of kind smpp-server.')
  onTestFinished(() => link.stop(0))
  link.start()
  const gateway = await startKannel(port, [echo, others])
  await host.untilState('bound')
  return { link, host, gateway }
}

const mt = { key: 'a', from: '4040', to: phone, reference: 1, wantsDlr: true }

describeWith([kannel], 'Kannel, bound to a link of kind smpp-server', () => {
  test('takes our MT, and what its service answers is an MO', async () => {
    const { link, host } = await linkWithKannel()
    expect(link.status().facts).toMatchObject({ 'binds of esme': 1 })
    const { providerIds } = await link.send({ ...mt, text: 'say hello' })
    await host.until(({ mos, dlrs }) => mos.length === 1 && dlrs.length === 1)
    expect(host.mos).toMatchObject([{ text: 'You said hello', facts: { systemId: 'esme' } }])
    expect(host.dlrs).toEqual([{ type: 'dlr', providerId: providerIds[0], state: 'delivered' }])
  })

  test('joins a long MT, and splits a long answer into parts that belong together', async () => {
    const { link, host } = await linkWithKannel()
    await link.send({ ...mt, text: `say ${'one two three four '.repeat(15).trim()}` })
    await host.until(({ mos }) => mos.length > 1 && mos.length === mos[0]?.part?.total)
    const text = host.mos.map((mo) => mo.text).join('')
    expect(text.replaceAll('+', ' ')).toBe(`You said ${'one two three four '.repeat(15).trim()}`)
  })

  test('gets a receipt for what it submits', async () => {
    const { host, gateway } = await linkWithKannel()
    const query = new URLSearchParams({
      username: 'tester',
      password: 'foobar',
      from: phone,
      to: '4040',
      text: 'Hello',
      'dlr-mask': '1',
      'dlr-url': `http://127.0.0.1:${gateway.sendsmsPort}/never`,
    })
    await fetch(`http://127.0.0.1:${gateway.sendsmsPort}/cgi-bin/sendsms?${query}`)
    await host.until(({ mos }) => mos.length === 1)
    expect(host.mos).toMatchObject([{ to: '4040', text: 'Hello' }])
    await expect.poll(async () => await gateway.logs(), { timeout: 5_000 }).toContain('DLR[internal]')
    expect(await gateway.logs()).not.toContain('could not find message')
  })
})
