import { nodeRegistry } from '@textloom/core'
import { compileFlow } from '@textloom/engine'
import { nodeTypes } from '@textloom/nodes'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionRow } from '../../db/hot/types.ts'
import type { ChannelRoute } from '../channel-route.ts'
import type { HostEvent } from '../incoming.ts'
import { keyedRandom } from '../random.ts'
import { askingServerFlow, echoFlow, failingFlow, greetingFlow, waitingFlow } from '../testing/flows.ts'
import { type World, worldOf } from '../world.ts'
import { takeTurn } from './take-turn.ts'

/*
 * Whatever happens to a phone, in whatever order and however it falls into batches: the rows of each store fit
 * together, and so do those of all stores one after the other.
 */

const key = { channel: '4040', phone: '+15550001' }
const registry = nodeRegistry(nodeTypes)
const flows = [
  greetingFlow(),
  greetingFlow({ id: 'urgent', keyword: 'urgent', interrupts: true }),
  waitingFlow('PT1H'),
  askingServerFlow('https://example.com/', { retries: 1 }),
  failingFlow(),
  echoFlow(),
]
const compiled = new Map(flows.map((flow) => [`${flow.id}@1`, compileFlow(flow, registry)]))
const route: ChannelRoute = {
  id: key.channel,
  address: key.channel,
  links: ['phone'],
  languages: ['en'],
  hasKeywords: true,
  validityMs: 86_400_000,
  texts: { stop: 'Stopped.', start: 'Started.', help: 'Help.' },
}

function worldAt(now: number, newId: () => string): World {
  return worldOf({
    now,
    newId,
    sendingLink: () => 'phone',
    randomOf: keyedRandom('secret of the tests'),
    linkBase: 'https://sms.example.org/l/',
    machineOf: (revision) => compiled.get(revision) ?? fail(`No revision ${revision}.`),
    routing: {
      channels: new Map([[route.id, route]]),
      queues: new Map(),
      flowsOn: () => flows.map(({ id }) => ({ flowId: id, revision: `${id}@1` })),
      listening: (_channel, id) => ({ flowId: id, revision: `${id}@1` }),
      flowOf: (revision) => revision.split('@')[0],
      channelFor: () => route,
    },
  })
}

function fail(message: string): never {
  throw new Error(message)
}

type Happening =
  | { readonly says: string }
  | { readonly passesMs: number }
  | { readonly answers: 200 | 500 | 'network' }
  | { readonly starts: string; readonly onBusy: 'skip' | 'queue' | 'interrupt' }
  | { readonly ends: true }
  | { readonly sends: string }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    says: fc.constantFrom('hello', 'urgent', 'wait', 'ask', 'fail', 'yes', 'no', 'STOP', 'start', 'HELP', 'cancel', ''),
  }),
  fc.record({ passesMs: fc.constantFrom(0, 1, 60_000, 3_600_000, 8 * 86_400_000) }),
  fc.record({ answers: fc.constantFrom(200 as const, 500 as const, 'network' as const) }),
  fc.record({
    starts: fc.constantFrom('greeting', 'waiting', 'server', 'failing'),
    onBusy: fc.constantFrom('skip', 'queue', 'interrupt'),
  }),
  fc.constant({ ends: true } as const),
  fc.record({ sends: fc.constant('from outside') }),
)

test('the rows of any history fit together', () => {
  fc.assert(
    fc.property(fc.array(fc.array(happening, { minLength: 1, maxLength: 5 }), { maxLength: 12 }), (batches) => {
      const history = new History()
      for (const batch of batches) history.live(batch)
    }),
    { numRuns: 300 },
  )
})

/** One phone's life, and what must hold after each of its stores. */
class History {
  #row: SessionRow = {
    ...key,
    rev: 0,
    runId: null,
    state: null,
    timers: [],
    pending: [],
    contact: null,
    suppressed: [],
    hasPendingStart: false,
  }
  #now = Date.UTC(2026, 0, 1, 12)
  #count = 0
  readonly #openRuns = new Set<string>()
  readonly #outboxKeys = new Set<string>()
  readonly #requests = new Set<string>()

  live(happenings: readonly Happening[]): void {
    const events: HostEvent[] = []
    for (const one of happenings) {
      // Time goes by between batches as far as the world is concerned: its clock stands within one.
      if ('passesMs' in one) this.#now += one.passesMs
      const event = this.#eventOf(one)
      if (event !== undefined) events.push(event)
    }
    if (events.length === 0) return
    const { turn, outcomes } = takeTurn(
      this.#row,
      events,
      worldAt(this.#now, () => this.#id()),
    )
    const { batch } = turn
    const before = this.#row

    // Every event has its outcome, and all but timers an inbox row that says the same.
    expect(outcomes).toHaveLength(events.length)
    const named = events.flatMap((event) => ('messageId' in event ? [event.messageId] : []))
    expect(batch.inbox.map(({ messageId }) => messageId)).toEqual(named)

    // One store is one rev, and what it writes bears it; no key is ever used twice.
    expect(batch.sessions.length).toBeLessThanOrEqual(1)
    const [session] = batch.sessions
    if (session === undefined)
      expect([batch.outbox, batch.runStarts, batch.runEnds, batch.suppressions].flat()).toEqual([])
    else expect(session.rev).toBe(before.rev + 1)
    for (const { rev, n } of batch.outbox) {
      expect(rev).toBe(before.rev + 1)
      expect(this.#outboxKeys.has(`${rev} ${n}`)).toBe(false)
      this.#outboxKeys.add(`${rev} ${n}`)
    }
    if (session === undefined) return
    this.#row = turn.rowAfter()

    // Runs begin once and end once, one at a time.
    for (const { id } of batch.runStarts) this.#openRuns.add(id)
    for (const { id } of batch.runEnds) expect(this.#openRuns.delete(id)).toBe(true)
    expect([...this.#openRuns]).toEqual(session.runId === null ? [] : [session.runId])
    expect(session.state === null).toBe(session.runId === null)
    if (session.state === null) expect([session.timers, session.pending]).toEqual([[], []])
    else expect(session.timers.map(({ id }) => id)).toContain('session.expiry')

    // Requests that are open were asked for and not taken back.
    for (const { kind, rev, n } of batch.outbox) if (kind === 'http') this.#requests.add(`${rev} ${n}`)
    for (const { rev, n } of [...batch.cancels, ...batch.settleHttp]) this.#requests.delete(`${rev} ${n}`)
    expect([...this.#requests].sort()).toEqual(session.pending.map(({ rev, n }) => `${rev} ${n}`).sort())

    // STOP ends the session with its own store; after it nothing leaves until START.
    if (!this.#row.suppressed.includes('')) return
    expect(session.state).toBeNull()
    // Only HELP is answered meanwhile.
    const answers = batch.outbox.filter(({ isConsent }) => !isConsent)
    if (before.suppressed.includes('') && batch.suppressions.length === 0) expect(answers).toEqual([])
  }

  #eventOf(happening: Happening): HostEvent | undefined {
    const id = this.#id()
    const requested = { ...key, messageId: `api:${id}`, by: 'api', requestedAt: this.#now } as const
    if ('says' in happening) {
      const { says: text } = happening
      const addresses = { from: key.phone, to: key.channel, link: 'phone' }
      return { kind: 'mo', ...key, messageId: `mo:${id}`, id, ...addresses, text, receivedAt: this.#now }
    }
    if ('passesMs' in happening) return { kind: 'due', ...key }
    if ('answers' in happening) {
      const [open] = this.#row.pending
      if (open === undefined) return undefined
      const { answers } = happening
      const answer =
        answers === 'network' ? { error: answers, message: 'No answer.' } : { status: answers, body: { said: 'x' } }
      const request = { ...key, rev: open.rev, n: open.n }
      return { kind: 'http', ...key, messageId: `http:${id}`, key: request, answer, at: this.#now }
    }
    if ('starts' in happening) {
      const { starts: flowId, onBusy } = happening
      return { kind: 'start', ...requested, runId: id, flowId, params: {}, onBusy, expiresAt: this.#now + 1_000 }
    }
    if ('sends' in happening) {
      const { sends: text } = happening
      return { kind: 'send', ...requested, id, text, priority: 5, sendAt: this.#now, expiresAt: null }
    }
    return { kind: 'end', ...requested, runId: this.#row.runId ?? 'none' }
  }

  #id(): string {
    this.#count += 1
    return `id${this.#count}`
  }
}
