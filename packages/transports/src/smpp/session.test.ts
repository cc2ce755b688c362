import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryPdu } from '../testing/arbitrary-pdu.ts'
import { manualTimers } from '../testing/manual-timers.ts'
import { decodePdu } from './pdu/decode.ts'
import { encodePdu } from './pdu/encode.ts'
import type { CommandName, Pdu, PduInput } from './pdu/pdu.ts'
import { ESME } from './pdu/status.ts'
import { Session } from './session.ts'
import type { PeerRequest, SessionEnd, SessionOptions } from './session-host.ts'

const limits: SessionOptions = { windowSize: 2, enquireLinkMs: 30_000, responseTimeoutMs: 10_000, bindTimeoutMs: 5_000 }

/** A session whose peer is the test. */
function sessionWith(options: Partial<SessionOptions> = {}) {
  const timers = manualTimers()
  const written: Pdu[] = []
  const requests: PeerRequest[] = []
  const ends: SessionEnd[] = []
  const bounds: string[] = []
  let closes = 0
  const session = new Session(
    {
      timers,
      write: (octets) => written.push(decodePdu(Buffer.from(octets))),
      close: () => closes++,
      onBound: (mode) => bounds.push(mode),
      onRequest(request) {
        if (request.pdu.command !== 'deliver_sm') return false
        requests.push(request)
        return true
      },
      onEnd: (end) => ends.push(end),
      log() {},
    },
    { ...limits, ...options },
  )
  const peer = <C extends CommandName>(pdu: PduInput<C>) => session.receive(encodePdu(pdu))
  const bound = () => {
    session.bind('transceiver', { system_id: 'tl' })
    peer({ command: 'bind_transceiver_resp', sequence: 1 })
  }
  return { session, timers, written, requests, ends, bounds, peer, bound, closes: () => closes }
}

const submit = { command: 'submit_sm', fields: { destination_addr: '36301234567' } } as const

describe('binding', () => {
  test('the bind carries the credentials, and its answer makes the session bound', () => {
    const { session, written, peer, bounds } = sessionWith()
    session.bind('receiver', { system_id: 'tl', password: 'secret', interface_version: 0x34 })
    expect(session.state).toBe('binding')
    expect(written).toMatchObject([
      { command: 'bind_receiver', sequence: 1, fields: { system_id: 'tl', password: 'secret' } },
    ])
    peer({ command: 'bind_receiver_resp', sequence: 1, fields: { system_id: 'smsc' } })
    expect(session.state).toBe('bound')
    expect(bounds).toEqual(['receiver'])
  })

  test('a deliver_sm in the same packet as the bind_resp finds the session bound', () => {
    const { session, requests } = sessionWith()
    session.bind('transceiver', {})
    session.receive(
      Buffer.concat([
        encodePdu({ command: 'bind_transceiver_resp', sequence: 1 }),
        encodePdu({ command: 'deliver_sm', sequence: 77 }),
      ]),
    )
    expect(requests.map(({ pdu }) => pdu.sequence)).toEqual([77])
  })

  test('a deliver_sm before the bind_resp is put off, not refused for good', () => {
    const { session, peer, written } = sessionWith()
    session.bind('transceiver', {})
    peer({ command: 'deliver_sm', sequence: 77 })
    expect(written.at(-1)).toMatchObject({ command: 'deliver_sm_resp', status: ESME.RX_T_APPN, sequence: 77 })
  })

  test.each([
    ['ESME_RBINDFAIL, 0x0D', ESME.RBINDFAIL],
    ['ESME_RINVPASWD, 0x0E', ESME.RINVPASWD],
    ['ESME_RALYBND, 0x05', ESME.RALYBND],
  ])('a bind refused with %s ends the session and says so', (name, status) => {
    const { session, peer, ends } = sessionWith()
    session.bind('transceiver', {})
    peer({ command: 'bind_transceiver_resp', sequence: 1, status })
    expect(ends).toMatchObject([{ reason: 'bind-refused', status, message: expect.stringContaining(name) }])
  })

  test('a bind answered with generic_nack is refused', () => {
    const { session, peer, ends } = sessionWith()
    session.bind('transceiver', {})
    peer({ command: 'generic_nack', sequence: 1, status: ESME.RINVCMDID })
    expect(ends).toMatchObject([{ reason: 'bind-refused', status: ESME.RINVCMDID }])
  })

  test('field trap 11: a bind that is never answered times out', async () => {
    const { session, timers, ends, closes } = sessionWith()
    session.bind('transceiver', {})
    await timers.advance(5_000)
    expect(ends).toMatchObject([{ reason: 'bind-silent', message: expect.stringContaining('interfaceVersion') }])
    expect(closes()).toBe(1)
  })

  test('an ESME does not let itself be bound to', () => {
    const { peer, written, session } = sessionWith()
    peer({ command: 'bind_transceiver', sequence: 5 })
    expect(written).toMatchObject([{ command: 'bind_transceiver_resp', status: ESME.RINVBNDSTS, sequence: 5 }])
    expect(session.state).toBe('closed')
  })
})

describe('the window', () => {
  test('holds as many as it may, and the next goes when an answer comes', async () => {
    const { session, written, peer, bound } = sessionWith()
    bound()
    const answers = [1, 2, 3].map(() => session.request(submit))
    expect(written.slice(1).map(({ sequence }) => sequence)).toEqual([2, 3])
    expect(session.inFlight).toBe(2)
    peer({ command: 'submit_sm_resp', sequence: 3, fields: { message_id: 'b' } })
    expect(written.slice(1).map(({ sequence }) => sequence)).toEqual([2, 3, 4])
    peer({ command: 'submit_sm_resp', sequence: 4, fields: { message_id: 'c' } })
    peer({ command: 'submit_sm_resp', sequence: 2, fields: { message_id: 'a' } })
    expect((await Promise.all(answers)).map(({ fields }) => 'message_id' in fields && fields.message_id)).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  test('a request without an answer is in doubt, makes room, and its late answer does no harm', async () => {
    const { session, timers, written, peer, bound } = sessionWith({ windowSize: 1, enquireLinkMs: 60_000 })
    bound()
    const first = session.request(submit)
    const second = session.request(submit)
    const failure = expect(first).rejects.toMatchObject({ reason: 'no-response' })
    await timers.advance(10_000)
    await failure
    expect(written.at(-1)).toMatchObject({ command: 'submit_sm', sequence: 3 })
    peer({ command: 'submit_sm_resp', sequence: 2 })
    peer({ command: 'submit_sm_resp', sequence: 3, fields: { message_id: 'b' } })
    await expect(second).resolves.toMatchObject({ fields: { message_id: 'b' } })
  })

  test('what was sent is lost with the connection, what was not sent has not happened', async () => {
    const { session, bound } = sessionWith({ windowSize: 1 })
    bound()
    const outcomes = Promise.allSettled([session.request(submit), session.request(submit)])
    session.lost('The peer closed the connection.')
    expect(await outcomes).toMatchObject([{ reason: { reason: 'lost' } }, { reason: { reason: 'not-sent' } }])
    await expect(session.request(submit)).rejects.toMatchObject({ reason: 'not-sent' })
  })

  test('an answer of another kind is not taken for the answer', async () => {
    const { session, peer, bound, timers } = sessionWith()
    bound()
    const failure = expect(session.request(submit)).rejects.toMatchObject({ reason: 'no-response' })
    peer({ command: 'enquire_link_resp', sequence: 2 })
    await timers.advance(10_000)
    await failure
  })

  test('an answer whose body does not parse still answers, by its header', async () => {
    const { session, bound } = sessionWith()
    bound()
    const answer = session.request(submit)
    const broken = encodePdu({ command: 'submit_sm_resp', sequence: 2, fields: { message_id: 'abc' } })
    broken.writeUInt8(0x61, broken.length - 1)
    session.receive(broken)
    await expect(answer).resolves.toMatchObject({ status: ESME.ROK, fields: { message_id: '' } })
  })

  test('sequence numbers begin again after 0x7FFFFFFF and leave out those in flight', async () => {
    const { RequestWindow } = await import('./window.ts')
    const sequences: number[] = []
    const window = new RequestWindow({
      windowSize: 10,
      responseTimeoutMs: 1,
      timers: manualTimers(),
      write: (octets) => sequences.push(decodePdu(Buffer.from(octets)).sequence),
      firstSequence: 0x7fffffff,
    })
    const answers = [window.send(submit), window.send(submit)]
    expect(sequences).toEqual([0x7fffffff, 1])
    window.fail('over')
    await Promise.allSettled(answers)
  })
})

describe('field trap 10: enquire_link goes both ways', () => {
  test('the peer is answered in every state', () => {
    const { written, peer, bound } = sessionWith()
    peer({ command: 'enquire_link', sequence: 4 })
    bound()
    peer({ command: 'enquire_link', sequence: 5 })
    const answers = written.filter(({ command }) => command === 'enquire_link_resp')
    expect(answers.map(({ sequence }) => sequence)).toEqual([4, 5])
  })

  test('a silent peer is asked, and its answer keeps the session', async () => {
    const { written, peer, bound, timers, session } = sessionWith()
    bound()
    await timers.advance(30_000)
    expect(written.at(-1)).toMatchObject({ command: 'enquire_link', sequence: 2 })
    peer({ command: 'enquire_link_resp', sequence: 2 })
    await timers.advance(30_000)
    expect(written.at(-1)).toMatchObject({ command: 'enquire_link', sequence: 3 })
    expect(session.state).toBe('bound')
  })

  test('a talking peer is not asked', async () => {
    const { written, peer, bound, timers } = sessionWith()
    bound()
    for (let sequence = 10; sequence < 15; sequence++) {
      await timers.advance(20_000)
      peer({ command: 'enquire_link', sequence })
    }
    expect(written.filter(({ command }) => command === 'enquire_link')).toEqual([])
  })

  test('a peer that stays silent is gone', async () => {
    const { bound, timers, ends, closes } = sessionWith()
    bound()
    await timers.advance(40_000)
    expect(ends).toMatchObject([
      { reason: 'silent', message: 'The peer has been silent for 40 s and answers no enquire_link.' },
    ])
    expect(closes()).toBe(1)
  })

  test('a peer that talks but does not answer the enquire_link is not gone', async () => {
    const { bound, timers, ends, peer } = sessionWith()
    bound()
    await timers.advance(35_000)
    peer({ command: 'deliver_sm', sequence: 9 })
    await timers.advance(10_000)
    expect(ends).toEqual([])
  })
})

describe('the peer asks', () => {
  test('a deliver_sm is answered when its time has come, once', () => {
    const { peer, bound, requests, written, session } = sessionWith()
    bound()
    peer({ command: 'deliver_sm', sequence: 9 })
    expect(session.unanswered).toBe(1)
    requests[0]?.answer(ESME.ROK)
    requests[0]?.answer(ESME.RX_T_APPN)
    expect(written.slice(1)).toMatchObject([{ command: 'deliver_sm_resp', sequence: 9, status: ESME.ROK }])
    expect(session.unanswered).toBe(0)
  })

  test('nothing is answered on a connection that is gone', () => {
    const { peer, bound, requests, written, session } = sessionWith()
    bound()
    peer({ command: 'deliver_sm', sequence: 9 })
    session.lost('gone')
    requests[0]?.answer(ESME.ROK)
    expect(written).toHaveLength(1)
  })

  test.each<{ command: CommandName; answered: CommandName; status: number }>([
    { command: 'submit_sm', answered: 'generic_nack', status: ESME.RINVCMDID },
    { command: 'query_sm', answered: 'generic_nack', status: ESME.RINVCMDID },
    { command: 'bind_transmitter', answered: 'bind_transmitter_resp', status: ESME.RALYBND },
  ])('$command to a bound ESME is answered with $answered', ({ command, answered, status }) => {
    const { peer, bound, written, session } = sessionWith()
    bound()
    peer({ command, sequence: 9 })
    expect(written.slice(1)).toMatchObject([{ command: answered, status, sequence: 9 }])
    expect(session.state).toBe('bound')
  })

  test('without any bind a deliver_sm is refused', () => {
    const { peer, written } = sessionWith()
    peer({ command: 'deliver_sm', sequence: 3 })
    expect(written).toMatchObject([{ command: 'deliver_sm_resp', status: ESME.RINVBNDSTS, sequence: 3 }])
  })

  test('a command that nobody knows gets a generic_nack with its number, and the session stays', () => {
    const { session, bound, written } = sessionWith()
    bound()
    const octets = encodePdu({ command: 'enquire_link', sequence: 8 })
    octets.writeUInt32BE(0x00010200, 4)
    session.receive(octets)
    expect(written.slice(1)).toMatchObject([{ command: 'generic_nack', status: ESME.RINVCMDID, sequence: 8 }])
    expect(session.state).toBe('bound')
  })

  test('an unknown answer is not answered', () => {
    const { session, bound, written } = sessionWith()
    bound()
    const octets = encodePdu({ command: 'enquire_link', sequence: 8 })
    octets.writeUInt32BE(0x80010200, 4)
    session.receive(octets)
    expect(written).toHaveLength(1)
  })

  test('outbind and alert_notification need no answer', () => {
    const { peer, bound, written } = sessionWith()
    bound()
    peer({ command: 'outbind', sequence: 1 })
    peer({ command: 'alert_notification', sequence: 2 })
    expect(written).toHaveLength(1)
  })

  test('an unbind is answered and ends the session', async () => {
    const { peer, bound, written, ends, session } = sessionWith()
    bound()
    const inFlight = expect(session.request(submit)).rejects.toMatchObject({ reason: 'lost' })
    peer({ command: 'unbind', sequence: 20 })
    await inFlight
    expect(written.at(-1)).toMatchObject({ command: 'unbind_resp', sequence: 20 })
    expect(ends).toMatchObject([{ reason: 'peer-unbound' }])
  })
})

describe('field trap 13: nearly valid PDUs cost themselves only', () => {
  const deliver = (change: (octets: Buffer) => Buffer) => {
    const octets = change(
      encodePdu({
        command: 'deliver_sm',
        sequence: 6,
        fields: { source_addr: '36301234567', short_message: Buffer.from('YES') },
      }),
    )
    octets.writeUInt32BE(octets.length, 0)
    return octets
  }
  test.each([
    {
      what: 'a NUL behind the text',
      octets: deliver((pdu) => Buffer.concat([pdu, Buffer.of(0)])),
      status: ESME.RINVTLVSTREAM,
    },
    {
      what: 'a TLV that is cut',
      octets: deliver((pdu) => Buffer.concat([pdu, Buffer.from('04240010', 'hex')])),
      status: ESME.RINVTLVLEN,
    },
    { what: 'less text than sm_length says', octets: deliver((pdu) => pdu.subarray(0, -1)), status: ESME.RINVMSGLEN },
  ])('$what is refused with its own status', ({ octets, status }) => {
    const { session, bound, written, requests } = sessionWith()
    bound()
    session.receive(octets)
    expect(written.slice(1)).toMatchObject([{ command: 'deliver_sm_resp', status, sequence: 6 }])
    session.receive(deliver((pdu) => pdu))
    expect(requests).toHaveLength(1)
    expect(session.state).toBe('bound')
  })
})

describe('field trap 12: garbage closes the session and never freezes it', () => {
  test('another protocol on the port', () => {
    const { session, bound, written, ends, closes } = sessionWith()
    bound()
    session.receive(Buffer.from('GET / HTTP/1.1\r\nHost: smsc\r\n\r\n'))
    expect(written.at(-1)).toMatchObject({ command: 'generic_nack', status: ESME.RINVCMDLEN, sequence: 0 })
    expect(ends).toMatchObject([
      { reason: 'garbage', message: expect.stringContaining('at octet 17 of the connection') },
    ])
    expect(closes()).toBe(1)
  })

  test('any octets, whole PDUs of any kind among them, end in answers or in a closed session, and nothing is thrown', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 80 }).map((octets) => Buffer.from(octets)),
      arbitraryPdu.map((pdu) => encodePdu(pdu as PduInput)),
      fc.tuple(arbitraryPdu, fc.nat(), fc.nat(255)).map(([pdu, place, octet]) => {
        const octets = encodePdu(pdu as PduInput)
        octets[4 + (place % (octets.length - 4))] = octet
        return octets
      }),
    )
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 8 }), fc.boolean(), (pieces, isBound) => {
        const { session, bound, requests, ends } = sessionWith()
        if (isBound) bound()
        for (const piece of pieces) session.receive(piece)
        for (const { answer } of requests) answer(ESME.ROK)
        expect(session.state === 'closed').toBe(ends.length === 1)
        expect(session.unanswered).toBe(0)
      }),
      { numRuns: 500 },
    )
  })
})

describe('field trap 9: an orderly stop says unbind', () => {
  test('and closes when it is answered', async () => {
    const { session, peer, bound, written, ends, closes } = sessionWith()
    bound()
    const gone = session.unbind(1_000)
    expect(written.at(-1)).toMatchObject({ command: 'unbind', sequence: 2 })
    expect(closes()).toBe(0)
    peer({ command: 'unbind_resp', sequence: 2 })
    await gone
    expect(ends).toMatchObject([{ reason: 'stopped' }])
    expect(closes()).toBe(1)
  })

  test('or when it is not', async () => {
    const { session, bound, timers, closes } = sessionWith()
    bound()
    const gone = session.unbind(1_000)
    await timers.advance(1_000)
    await gone
    expect(closes()).toBe(1)
  })

  test('meanwhile an MO is put off, not refused for good', () => {
    const { session, bound, peer, written } = sessionWith()
    bound()
    void session.unbind(1_000)
    peer({ command: 'deliver_sm', sequence: 9 })
    expect(written.at(-1)).toMatchObject({ command: 'deliver_sm_resp', status: ESME.RX_T_APPN })
  })
})
