import type { FlowDocument } from '@textloom/core'
import { compileFlow } from '@textloom/engine'
import type { SessionRow } from '../../db/hot/types.ts'
import type { ChannelRoute } from '../channel-route.ts'
import type { HostEvent, Outcome } from '../incoming.ts'
import { keyedRandom } from '../random.ts'
import type { Routing } from '../routing.ts'
import { type TakenTurn, takeTurn } from '../turn/take-turn.ts'
import type { OpenBatch } from '../turn/turn.ts'
import { worldOf } from '../world.ts'
import { sampleRegistry } from './sample-nodes.ts'

/** The channel of `onePhone`. */
const testRoute: ChannelRoute = {
  id: '4040',
  address: '4040',
  links: ['phone'],
  languages: ['en'],
  hasKeywords: true,
  validityMs: 86_400_000,
  texts: { stop: 'Stopped.', start: 'Started.', help: 'Help.' },
}

/** The address of the one phone, on that channel. */
export const testKey = { channel: testRoute.id, phone: '+15550001' }

export interface OnePhoneOptions {
  readonly flows?: readonly FlowDocument[]
  readonly row?: Partial<SessionRow>
  readonly routing?: Partial<Routing>
}

/** One phone before the host's turns, without lanes and tables: each event is a store of its own. */
export interface OnePhone {
  /** Applies an event; what came of it is in `batch`. */
  takes(event: HostEvent): Outcome
  says(text: string): Outcome
  /** Time goes by, and what is due then fires. */
  passes(ms: number): Outcome
  /** The texts that its last turn sent. */
  readonly texts: readonly string[]
  /** `kind` and data of the event rows of its last turn, of these kinds only where some are named. */
  events(...kinds: string[]): readonly object[]
  readonly batch: OpenBatch
  readonly row: SessionRow
  readonly now: number
}

export function onePhone({ flows = [], row = {}, routing = {} }: OnePhoneOptions = {}): OnePhone {
  const compiled = new Map(flows.map((flow) => [`${flow.id}@1`, compileFlow(flow, sampleRegistry)]))
  const listening = (id: string) => (compiled.has(`${id}@1`) ? { flowId: id, revision: `${id}@1` } : undefined)
  let now = Date.UTC(2026, 0, 1, 12)
  let count = 0
  const newId = () => `id${++count}`
  let last: TakenTurn | undefined
  let stored: SessionRow = {
    ...testKey,
    rev: 0,
    runId: null,
    state: null,
    timers: [],
    pending: [],
    contact: null,
    suppressed: [],
    hasPendingStart: false,
    ...row,
  }

  function takes(event: HostEvent): Outcome {
    const world = worldOf({
      now,
      newId,
      sendingLink: () => 'phone',
      randomOf: keyedRandom('secret of the tests'),
      linkBase: 'https://sms.example.org/l/',
      machineOf(revision) {
        const machine = compiled.get(revision)
        if (machine === undefined) throw new Error(`There is no revision ${revision}.`)
        return machine
      },
      routing: {
        channels: new Map([[testRoute.id, testRoute]]),
        queues: new Map(),
        flowsOn: () => flows.map(({ id }) => ({ flowId: id, revision: `${id}@1` })),
        listening: (_channel, id) => listening(id),
        flowOf: (revision) => revision.split('@')[0],
        channelFor: () => testRoute,
        ...routing,
      },
    })
    // As a table would hold it: nothing lives in memory only.
    last = takeTurn(JSON.parse(JSON.stringify(stored)), [event], world)
    if (last.turn.isTouched) stored = last.turn.rowAfter()
    const [outcome] = last.outcomes
    if (outcome === undefined) throw new Error('The event came to nothing.')
    return outcome
  }

  const batch = () => {
    if (last === undefined) throw new Error('Nothing has happened yet.')
    return last.turn.batch
  }

  return {
    takes,
    says(text) {
      const id = newId()
      const addresses = { from: testKey.phone, to: testKey.channel, link: 'phone' }
      return takes({ kind: 'mo', ...testKey, messageId: `mo:${id}`, id, ...addresses, text, receivedAt: now })
    },
    passes(ms) {
      now += ms
      return takes({ kind: 'due', ...testKey })
    },
    get texts() {
      return batch().outbox.flatMap(({ kind, payload }) => (kind === 'sms' ? [(payload as { text: string }).text] : []))
    },
    events: (...kinds) =>
      batch().events.flatMap(({ kind, data }) =>
        kinds.length === 0 || kinds.includes(kind) ? [{ kind, ...(data as object) }] : [],
      ),
    get batch() {
      return batch()
    },
    get row() {
      return stored
    },
    get now() {
      return now
    },
  }
}
