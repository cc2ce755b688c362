import { PretendSmsc, type PretendSmscOptions } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { describeWith, kannel } from '../peers.ts'
import { startKannel } from './kannel.ts'

const phone = '+36301234567'
const pong = 'keyword = ping\ntext = "PONG fixed answer"\ncatch-all = true\nmax-messages = 1'
const others = 'keyword = default\ntext = "No service specified"'

async function smscWithKannel(services: readonly string[], options: PretendSmscOptions = {}) {
  const smsc = await new PretendSmsc({ retryMs: 100, ...options }).start()
  onTestFinished(() => smsc.stop())
  const bound = smsc.next('bound')
  const gateway = await startKannel(smsc.port, services)
  await bound
  return { smsc, gateway }
}

describeWith([kannel], 'Kannel, an ESME of twenty years, at our SMSC', () => {
  test('binds, hears a phone, and answers it', async () => {
    const { smsc } = await smscWithKannel([pong, others])
    const bind = smsc.received('bind_transceiver')[0]
    expect(bind?.fields).toMatchObject({ system_id: 'esme', password: 'secret', interface_version: 0x34 })
    const answer = smsc.next('mt')
    expect(await smsc.hears({ from: phone, to: '4040', text: 'ping hello' })).toBe(true)
    expect(await answer).toMatchObject({ from: '4040', to: phone, text: 'PONG fixed answer', segments: 1 })
  })

  test.each(['udh8', 'udh16'] as const)('joins a long MO that comes in parts: %s', async (long) => {
    const echo = 'keyword = say\ntext = "%r"\nconcatenation = true\nmax-messages = 5'
    const { smsc } = await smscWithKannel([echo, others], { long })
    const words = 'one two three four '.repeat(15).trim()
    const answer = smsc.next('mt')
    await smsc.hears({ from: phone, to: '4040', text: `say ${words}` })
    const { text, segments } = await answer
    // Kannel's %r is the text encoded as in a URL.
    expect(text.replaceAll('+', ' ')).toBe(words)
    expect(segments).toBeGreaterThan(1)
  })

  test.each(['decimal', 'hex', 'uuid'] as const)('finds the message of a receipt, ids being %s', async (ids) => {
    const { smsc, gateway } = await smscWithKannel([others], { ids })
    const query = new URLSearchParams({
      username: 'tester',
      password: 'foobar',
      from: '4040',
      to: phone,
      text: 'Hello',
      'dlr-mask': '31',
      'dlr-url': `http://127.0.0.1:${smsc.port}/never`,
    })
    const sent = smsc.next('dlr-sent')
    const response = await fetch(`http://127.0.0.1:${gateway.sendsmsPort}/cgi-bin/sendsms?${query}`)
    expect(response.status).toBe(202)
    expect(await sent).toMatchObject({ state: 'delivered' })
    expect(await gateway.logs()).not.toContain('could not find message')
  })

  test('waits and sends again when it is throttled', async () => {
    const { smsc } = await smscWithKannel([pong, others])
    smsc.fault({ submit: 'throttle' })
    const answer = smsc.next('mt')
    await smsc.hears({ from: phone, to: '4040', text: 'ping' })
    expect(await answer).toMatchObject({ text: 'PONG fixed answer' })
    expect(smsc.received('submit_sm').length).toBeGreaterThan(1)
  })

  test('comes back when the connection breaks, and the MO in between arrives', async () => {
    const { smsc } = await smscWithKannel([pong, others])
    const bound = smsc.next('bound')
    smsc.dropConnections()
    const answer = smsc.next('mt')
    const taken = smsc.hears({ from: phone, to: '4040', text: 'ping' })
    await bound
    expect(await taken).toBe(true)
    expect(await answer).toMatchObject({ text: 'PONG fixed answer' })
  })
})
