import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { manualTimers } from '../testing/manual-timers.ts'
import { ucpCodec } from '../ucp/codec.ts'
import { type UcpFrame, ucpAck, ucpRequest } from '../ucp/frame.ts'
import { refusedLogin } from '../ucp/refusal.ts'
import { FramedSession, type SessionEnd } from './session.ts'

const codec = ucpCodec()
const login = ucpRequest('60', { OAdC: '4040' })
const alert = ucpRequest('31', { AdC: '4040' })
const submit = ucpRequest('51', { AdC: '1', OAdC: '2' })

function sessionWith({ windowSize = 10, keepAliveMs = 60_000 } = {}) {
  const timers = manualTimers()
  const written: UcpFrame[] = []
  const ends: SessionEnd[] = []
  const requests: UcpFrame[] = []
  const session = new FramedSession<UcpFrame>(
    {
      timers,
      write: (octets) => written.push(codec.decode(octets.subarray(1, -1))),
      close: () => {},
      onBound: () => {},
      onRequest: (request, answer) => {
        requests.push(request)
        answer(ucpAck(request))
      },
      onEnd: (end) => ends.push(end),
      log: () => {},
    },
    {
      codec,
      side: 'client',
      windowSize,
      keepAliveMs,
      responseTimeoutMs: 30_000,
      loginTimeoutMs: 10_000,
      keepAlive: () => alert,
    },
  )
  const peer = (frame: Omit<UcpFrame, 'number'>, number: number) => session.receive(codec.encode({ ...frame, number }))
  const bound = () => {
    session.login(login, refusedLogin)
    peer(ucpAck(login), 0)
  }
  return { session, timers, written, ends, requests, peer, bound }
}

describe('a login', () => {
  test('that is never answered ends the session', async () => {
    const { session, timers, ends } = sessionWith()
    session.login(login, refusedLogin)
    await timers.advance(10_000)
    expect(ends).toMatchObject([{ reason: 'login-silent', message: expect.stringContaining('10 s') }])
  })

  test('and an MO right behind its answer find the session bound', () => {
    const { session, peer, bound, requests } = sessionWith()
    bound()
    peer(ucpRequest('52', { AdC: '4040' }), 5)
    expect(session.state).toBe('bound')
    expect(requests).toHaveLength(1)
  })
})

describe('silence', () => {
  test('of the peer is asked about; an answer is enough', async () => {
    const { timers, written, peer, bound, ends } = sessionWith()
    bound()
    await timers.advance(60_000)
    expect(written.at(-1)).toMatchObject({ operation: '31', number: 1 })
    peer(ucpAck(alert), 1)
    await timers.advance(59_000)
    expect(ends).toEqual([])
  })

  test('that lasts ends the session, and fails what is in flight', async () => {
    const { session, timers, bound, ends } = sessionWith({ keepAliveMs: 5_000 })
    bound()
    const sent = session.request(submit)
    sent.catch(() => {})
    await timers.advance(10_000)
    expect(ends).toMatchObject([{ reason: 'silent' }])
    await expect(sent).rejects.toMatchObject({ reason: 'lost' })
  })

  test('does not end a session whose peer is only slow to answer', async () => {
    const { timers, peer, bound, ends } = sessionWith({ keepAliveMs: 5_000 })
    bound()
    await timers.advance(9_000)
    peer(ucpRequest('31', { AdC: '4040' }), 9)
    await timers.advance(1_000)
    expect(ends).toEqual([])
  })
})

describe('numbers', () => {
  test('go round, and none is given twice while it is unanswered', async () => {
    const { session, written, peer, bound } = sessionWith({ windowSize: 2 })
    bound()
    void session.request(submit)
    while (written.length < 150) {
      const sent = session.request(submit)
      peer(ucpAck(submit), written.at(-1)?.number ?? 0)
      await sent
    }
    const numbers = written.slice(1).map(({ number }) => number)
    expect(numbers[0]).toBe(1)
    expect(numbers.slice(1)).not.toContain(1)
    expect(Math.max(...numbers)).toBe(99)
  })

  test('of an answer that nobody waits for settle nothing', async () => {
    const { session, peer, bound } = sessionWith()
    bound()
    const sent = session.request(submit)
    peer(ucpAck(submit), 77)
    peer(ucpAck(alert), 1)
    expect(session.inFlight).toBe(1)
    peer(ucpAck(submit), 1)
    await expect(sent).resolves.toMatchObject({ number: 1 })
  })
})

test('what waits for the window has not left when the session closes', async () => {
  const { session, bound } = sessionWith({ windowSize: 1 })
  bound()
  const first = session.request(submit)
  const second = session.request(submit)
  await session.logout(undefined, 1_000)
  await expect(first).rejects.toMatchObject({ reason: 'lost' })
  await expect(second).rejects.toMatchObject({ reason: 'not-sent' })
})

test('a frame that does not parse is refused, and the session goes on', () => {
  const { session, written, bound } = sessionWith()
  bound()
  session.receive(Buffer.from('\x0205/00019/O/31/1/0539/00\x03', 'latin1'))
  expect(written.at(-1)).toMatchObject({ number: 5, isAnswer: true, fields: { ack: 'N', EC: '02' } })
  expect(session.state).toBe('bound')
})

test('after the end nothing is taken and nothing is sent', async () => {
  const { session, written, bound, peer, requests } = sessionWith()
  bound()
  session.lost('gone')
  const count = written.length
  peer(ucpRequest('52', {}), 1)
  await expect(session.request(submit)).rejects.toMatchObject({ reason: 'not-sent' })
  expect(requests).toEqual([])
  expect(written).toHaveLength(count)
})
