import { type AcceptedMt, type Link, TransportError } from '@textloom/core'
import { describe, expect, test } from 'vitest'
import { LoopbackLink } from './loopback/link.ts'
import { someMt } from './testing/conformance.ts'
import { RecordingHost } from './testing/recording-host.ts'
import { type TraceLevel, tracedHost, tracedLink } from './trace.ts'

const phone = '+36301234567'
const secret = 'My code is 1234'

function traced(level: TraceLevel) {
  const host = new RecordingHost()
  const inner = new LoopbackLink('phone', tracedHost(host, 'phone', level))
  const link = tracedLink(inner, host, 'phone', level)
  link.start()
  return {
    host,
    inner,
    link,
    lines: () => host.logs.map(({ message, fields }) => `${message} ${JSON.stringify(fields)}`),
  }
}

test('a masked trace tells both ways without texts and numbers', async () => {
  const { inner, link, host, lines } = traced('masked')
  await inner.hears(phone, '4040', secret)
  await link.send(someMt({ to: phone, text: secret, wantsDlr: true }))
  await host.until(({ logs }) => logs.some(({ message }) => message === 'trace: dlr stored'))
  expect(new Set(host.logs.map(({ message }) => message))).toEqual(
    new Set([
      'trace: bound',
      'trace: status',
      'trace: mo came in',
      'trace: mo stored',
      'trace: mt goes out',
      'trace: mt accepted',
      'trace: dlr came in',
      'trace: dlr stored',
    ]),
  )
  expect(lines().join('\n')).not.toMatch(/1234|\+36/)
  expect(host.logs.find(({ message }) => message === 'trace: mo came in')?.fields).toMatchObject({
    link: 'phone',
    from: '…567',
    to: '4040',
    characters: secret.length,
    encoding: 'gsm7',
    segments: 1,
  })
})

test('a full trace shows them', async () => {
  const { inner, lines } = traced('full')
  await inner.hears(phone, '4040', secret)
  expect(lines().join('\n')).toContain(secret)
  expect(lines().join('\n')).toContain(phone)
})

test('what fails is told and fails all the same', async () => {
  const { inner, link, host } = traced('masked')
  host.store = () => Promise.reject(new Error('the database is away'))
  await expect(inner.hears(phone, '4040', 'YES')).rejects.toThrow('the database is away')
  await link.stop(0)
  await expect(link.send(someMt())).rejects.toBeInstanceOf(TransportError)
  expect(host.logs.filter(({ message }) => message.includes(' not '))).toMatchObject([
    { message: 'trace: mo not stored', fields: { problem: 'Error: the database is away' } },
    { message: 'trace: mt not accepted', fields: { code: 'loopback/stopped', retry: 'later', inDoubt: false } },
  ])
})

test('a traced link still knows where the network reaches it', () => {
  const host = Object.assign(new RecordingHost(), { inboundUrl: () => 'https://sms.example.org/in/op' })
  expect(tracedHost(host, 'op', 'masked').inboundUrl?.()).toBe('https://sms.example.org/in/op')
  expect(tracedHost(new RecordingHost(), 'op', 'masked').inboundUrl?.()).toBeUndefined()
})

describe('what the network is asked about an MT', () => {
  const mt: AcceptedMt = { key: 'mt:7', from: '4040', to: phone, providerIds: ['7A'] }
  const asked = {
    query: async () => [{ providerId: '7A', state: 'delivered' as const }],
    cancel: async () => {
      throw new TransportError('smpp/refused', 'It has been delivered.', { retry: 'never' })
    },
    replace: async () => undefined,
  }
  function tracedBy(level: TraceLevel) {
    const host = new RecordingHost()
    const link: Link = Object.assign(new LoopbackLink('phone', host), asked)
    return { host, link: tracedLink(link, host, 'phone', level) }
  }

  test('is in the trace, with what it answers', async () => {
    const { host, link } = tracedBy('masked')
    expect(await link.query?.(mt)).toEqual([{ providerId: '7A', state: 'delivered' }])
    await link.replace?.(mt, secret)
    await expect(link.cancel?.(mt)).rejects.toBeInstanceOf(TransportError)
    const shown = { link: 'phone', mt: 'mt:7', from: '4040', to: '…567', providerIds: ['7A'] }
    expect(host.logs.map(({ message, fields }) => [message, fields])).toMatchObject([
      ['trace: mt is asked about', shown],
      ['trace: mt told of', { mt: 'mt:7', reports: [{ providerId: '7A', state: 'delivered' }] }],
      ['trace: mt is to be replaced', { ...shown, characters: secret.length, encoding: 'gsm7', segments: 1 }],
      ['trace: mt replaced', { mt: 'mt:7' }],
      ['trace: mt is to be taken back', shown],
      ['trace: mt not taken back', { mt: 'mt:7', code: 'smpp/refused', retry: 'never', inDoubt: false }],
    ])
    expect(JSON.stringify(host.logs)).not.toMatch(/1234|\+36/)
  })

  test('is shown in full if asked', async () => {
    const { host, link } = tracedBy('full')
    await link.replace?.(mt, secret)
    expect(host.logs[0]?.fields).toMatchObject({ to: phone, text: secret })
  })

  test('cannot be asked of a link whose protocol has no such request', () => {
    expect(traced('masked').link).not.toMatchObject({ query: expect.anything() })
    expect(traced('masked').link).not.toMatchObject({ cancel: expect.anything() })
    expect(traced('masked').link).not.toMatchObject({ replace: expect.anything() })
  })
})
