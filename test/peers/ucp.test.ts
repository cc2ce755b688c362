import { spawnSync } from 'node:child_process'
import { PretendUcpSmsc } from '@textloom/transports/testing'
import { expect, onTestFinished, test } from 'vitest'
import { decodeEmimsg, describeWith, kannel, tshark } from '../peers.ts'
import { framed, framedConversation } from './framed-conversation.ts'
import { startKannel } from './kannel.ts'
import { readings } from './tshark-readings.ts'

const phone = '+36301234567'

async function ucpSmsc() {
  const smsc = await new PretendUcpSmsc({ retryMs: 100 }).start()
  onTestFinished(() => smsc.stop())
  return smsc
}

async function conversation(password: string) {
  return framedConversation('ucp', await ucpSmsc(), { user: '4040', password })
}

describeWith([kannel], 'Kannel, a UCP client, at our SMSC', () => {
  test('logs in, hears a phone, answers it, and finds the message of its receipt', async () => {
    const smsc = await ucpSmsc()
    const bound = smsc.next('bound')
    const pong = 'keyword = ping\ntext = "PONG [fixed] answer"\ncatch-all = true\nmax-messages = 1'
    const gateway = await startKannel(smsc.port, [pong, 'keyword = default\ntext = "No service"'], 'emi')
    expect(await bound).toMatchObject({ systemId: '4040' })
    const answer = smsc.next('mt')
    expect(await smsc.hears({ from: phone, to: '4040', text: 'ping hello' })).toBe(true)
    expect(await answer).toMatchObject({ from: '4040', text: 'PONG [fixed] answer', segments: 1 })
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

describeWith([decodeEmimsg], "Kannel's decode_emimsg", () => {
  test('reads every frame of a conversation, and finds no length or checksum wrong', async () => {
    const all = (await conversation('secret')).map((content) => content.toString('latin1'))
    // Of the operations it knows 01, 31, 51, 52, 53 and 60: questions about messages are none of those.
    const frames = all.filter((frame) => !/^..\/.....\/.\/5[567]\//.test(frame))
    expect(all.length - frames.length).toBe(6)
    expect(frames.length).toBeGreaterThan(30)
    const refused = frames.filter((frame) => {
      const { stdout, stderr } = spawnSync(decodeEmimsg.path ?? '', [frame], { encoding: 'latin1' })
      return !/^TRN /m.test(stdout) || `${stdout}${stderr}`.includes('Invalid EMI packet')
    })
    expect(refused).toEqual([])
  })
})

describeWith([tshark], 'tshark', () => {
  test('reads every frame of a conversation, and finds none malformed', async () => {
    // Without a password the link alerts the SMSC (31) rather than logging in.
    const packets = [...(await conversation('secret')), ...(await conversation(''))].map(framed)
    const read = readings('ucp', packets, ['ucp.hdr.OT', '_ws.malformed', 'ucp.parm.XSer'])
    expect(read).toHaveLength(packets.length)
    expect(read.filter(([operation = '', malformed = '']) => operation === '' || malformed !== '')).toEqual([])
    expect(new Set(read.map(([operation]) => operation))).toEqual(
      new Set(['31', '51', '52', '53', '55', '56', '57', '60']),
    )
  })
})
