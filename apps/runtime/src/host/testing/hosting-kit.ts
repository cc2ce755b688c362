import {
  type AnyTransportType,
  type Clock,
  defineTransport,
  type FlowDocument,
  type OutboundMt,
  type TransportRegistry,
  transportRegistry,
} from '@textloom/core'
import { registry } from '@textloom/nodes'
import { LoopbackLink, transports as realTransports } from '@textloom/transports'
import type { ChannelValues } from '../../catalogue/channel-schema.ts'
import { ownIdentity } from '../../db/engine/process-identity.ts'
import type { Sql } from '../../db/sql.ts'
import { provision } from '../../settings/provision.ts'
import { secretBox } from '../../settings/secret-box.ts'
import { databaseClock, setByDatabase } from '../clock.ts'
import { guardedFetch } from '../guarded-fetch.ts'
import { type Hosting, type HostingDeps, startHosting } from '../hosting.ts'
import { uuidsBy } from '../ids.ts'
import type { ScriptedNetwork } from './scripted-link.ts'

/** What a test hosts: one link `phone` (loopback, unless a network is given), one channel on it, and flows there. */
export interface KitOptions
  extends Partial<
    Pick<
      HostingDeps,
      'wrapStore' | 'wrapSubmit' | 'isExclusive' | 'identity' | 'sql' | 'holdMs' | 'role' | 'nodes' | 'mailer'
    >
  > {
  readonly clock?: Clock
  readonly network?: ScriptedNetwork
  /** Settings of the link `phone`. */
  readonly linkConfig?: object
  /** More loopback links. */
  readonly spareLinks?: readonly string[]
  readonly channel?: Partial<ChannelValues>
  readonly flows?: readonly FlowDocument[]
  readonly allowPrivate?: readonly string[]
}

/** A hosting with a handset. */
export interface Kit extends Hosting {
  readonly clock: Clock
  readonly sql: Sql
  /** Everything that left by the link, in order. */
  readonly sent: readonly OutboundMt[]
  /** A phone that writes to the channel; resolves when its MO was acknowledged. */
  says(phone: string, text: string, id?: string): Promise<void>
  /** The texts a phone got; waits until there are `count`. */
  heard(phone: string, count: number): Promise<string[]>
  /** Lines of the log, as `level message`. */
  readonly logged: readonly string[]
}

const channelId = '4040'

export async function hostingOn(sql: Sql, options: KitOptions = {}): Promise<Kit> {
  const machineClock = databaseClock()
  await setByDatabase(machineClock, sql)
  const clock = options.clock ?? machineClock
  const ids = uuidsBy(clock)
  const { nodes = registry } = options
  const box = secretBox(Buffer.alloc(32, 7))
  const logged: string[] = []
  const { config = {}, ...channel } = options.channel ?? {}
  const handset = options.network === undefined ? loopbackHandset() : networkHandset(options.network)
  const transports = new Map([...realTransports, ...handset.transports])
  const channels = [{ id: channelId, address: channelId, links: ['phone'], ...channel, config }]
  await provision(
    sql,
    {
      links: [
        {
          id: 'phone',
          kind: options.network === undefined ? 'loopback' : 'scripted',
          config: { ...options.linkConfig },
        },
        ...(options.spareLinks ?? []).map((id) => ({ id, kind: 'loopback', config: {} })),
      ],
      channels,
      flows: (options.flows ?? []).map((flow) => ({
        flow,
        isPublished: true,
        channels: [channels[0]?.id ?? channelId],
      })),
    },
    { nodes, transports, box, now: new Date(clock.now()), ids },
  )
  const hosting = await startHosting({
    sql: options.sql ?? sql,
    isExclusive: options.isExclusive ?? true,
    clock,
    ids,
    nodes,
    transports,
    box,
    secret: 'secret of the tests',
    baseUrl: () => 'https://sms.example.org',
    guarded: guardedFetch(options.allowPrivate ?? []),
    identity: options.identity ?? (await ownIdentity()),
    log: (level, message) => logged.push(`${level} ${message}`),
    ...(options.wrapStore && { wrapStore: options.wrapStore }),
    ...(options.wrapSubmit && { wrapSubmit: options.wrapSubmit }),
    ...(options.holdMs !== undefined && { holdMs: options.holdMs }),
    ...(options.role && { role: options.role }),
    ...(options.mailer && { mailer: options.mailer }),
  })
  const address = channels[0]?.address ?? channelId
  const hasLinks = options.role === undefined || options.role === 'all' || options.role === 'gateway'
  if (hasLinks) await until(() => hosting.links.status('phone')?.state === 'bound')
  const { sent } = handset
  const textsTo = (phone: string) => sent.filter(({ to }) => to === phone).map(({ text }) => text)
  return {
    ...hosting,
    clock,
    sql,
    sent,
    logged,
    says: (phone, text, id) => handset.says(phone, address, text, id),
    async heard(phone, count) {
      const what = () => `${count} texts to ${phone}, of which came: ${textsTo(phone).join(' | ')}`
      await until(() => textsTo(phone).length >= count, what)
      return textsTo(phone)
    },
  }
}

interface Handset {
  readonly transports: TransportRegistry
  readonly sent: readonly OutboundMt[]
  says(from: string, to: string, text: string, id?: string): Promise<void>
}

/** A handset that looks at the link `phone` from its very first MT. */
function loopbackHandset(): Handset {
  const sent: OutboundMt[] = []
  let link: LoopbackLink | undefined
  const watched = defineTransport({
    ...real('loopback'),
    open(id, _config, host) {
      const opened = new LoopbackLink(id, host)
      if (id === 'phone') {
        link = opened
        opened.onMt((mt) => sent.push(mt))
      }
      return opened
    },
  })
  return {
    transports: transportRegistry([watched]),
    sent,
    async says(from, to, text, id) {
      const phone = await until(() => link)
      return phone.hears(from, to, text, id)
    },
  }
}

function real(kind: string): AnyTransportType {
  const transport = realTransports.get(kind)
  if (transport === undefined) throw new Error(`There is no transport of kind "${kind}".`)
  return transport
}

function networkHandset(network: ScriptedNetwork): Handset {
  let count = 0
  return {
    transports: network.transports,
    sent: network.attempts,
    async says(from, to, text, id = `${++count}`) {
      await until(() => isOpen(network))
      await network.host().submit({ type: 'mo', id: `mo:phone:${id}`, from, to, text })
    },
  }
}

function isOpen(network: ScriptedNetwork): boolean {
  try {
    network.host()
    return true
  } catch {
    return false
  }
}

/** Waits, in real time, for what other parts of the runtime do by themselves. */
export async function until<Value>(
  look: () => Value | undefined | false,
  what: () => string = () => 'what was to come',
): Promise<Value> {
  const deadlineMs = performance.now() + 20_000
  for (;;) {
    const value = look()
    if (value !== undefined && value !== false) return value
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain for ${what()}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
