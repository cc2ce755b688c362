import { isDeepStrictEqual } from 'node:util'
import type { AnyTransportType, HostedSettings, Link, LinkStatus, TransportRegistry } from '@textloom/core'
import { slotResource } from '../db/hot/leases.ts'
import type { ChannelRoute } from '../host/channel-route.ts'
import type { BudgetTerms } from '../host/link-budgets.ts'
import type { Sender } from '../host/outbox.ts'
import type { Ownership } from '../host/ownership.ts'
import { type Line, type LineDeps, openLine } from './line.ts'
import { firstOfShared } from './placement.ts'

/** A link as it is configured. */
export interface ConfiguredLink {
  readonly id: string
  readonly kind: string
  /** With its secrets readable. */
  readonly config: unknown
  /** Why it cannot be opened as it is configured. */
  readonly problem?: string
}

/** Keeps the links of the configuration in service. */
export interface LinkSupervisor {
  /** Takes up links that are new or changed, and ends those that are gone. */
  configure(links: readonly ConfiguredLink[]): Promise<void>
  /** How a link of this process is doing; undefined where another process owns it, or nobody yet. */
  status(id: string): LinkStatus | undefined
  statuses(): ReadonlyMap<string, LinkStatus>
  /** The link itself: the handset of a loopback link is on it. */
  link(id: string): Link | undefined
  /** The link with its trace, if it has one: what asks the network about a message, or to take it back, asks by this. */
  askingLink(id: string): Link | undefined
  /** The first link of a channel that can send now; else its first. */
  sendingLink(route: ChannelRoute): string | null
  /** What sends by a link of this process. */
  sender(id: string): Sender | undefined
  /** There is something to send by this link. */
  wake(id: string): void
  /** Calls back at every change of a status, until the returned function is called. */
  onStatus(heard: (id: string, status: LinkStatus) => void): () => void
  /** Ends every link: nothing more is claimed, what is in flight settles, then goodbye. */
  stop(graceMs: number): Promise<void>
}

export interface SupervisorDeps extends LineDeps {
  readonly ownership: Ownership
  readonly transports: TransportRegistry
}

/** A link that is being looked after, whether it is ours now or not. */
interface Charge {
  readonly configured: ConfiguredLink
  readonly opening: Opening | { readonly problem: string }
  /** The link whose owner may own this one (placement.ts); its own id where nothing is shared. */
  first: string
  isWanted: boolean
  isHeld: boolean
  /** Ends when the last change of `isWanted` has been carried out. */
  placing: Promise<void>
  line: Promise<Line | undefined>
  current: Line | undefined
  status: LinkStatus | undefined
}

const RESTART_GRACE_MS = 5_000

/** What opening a link takes. */
interface Opening {
  readonly transport: AnyTransportType
  readonly config: HostedSettings
}

/** What opening a link takes, or why it cannot be opened. */
function openingOf({ kind, config, problem }: ConfiguredLink, transports: TransportRegistry): Charge['opening'] {
  if (problem !== undefined) return { problem }
  const transport = transports.get(kind)
  if (transport === undefined) return { problem: `this release has no links of kind "${kind}".` }
  const parsed = transport.config.safeParse(config)
  if (parsed.success) return { transport, config: parsed.data }
  const [issue] = parsed.error.issues
  return { problem: `${issue?.path.join('.')} ${issue?.message}.` }
}

function termsOf(link: string, { transport, config }: Opening): BudgetTerms {
  const account = transport.account?.(config)
  const own = account === undefined ? `link ${link}` : `${transport.kind} ${account}`
  const { messagesPerSecond, budget } = config
  return { link, name: budget === undefined ? own : `budget ${budget}`, messagesPerSecond }
}

export function superviseLinks(deps: SupervisorDeps): LinkSupervisor {
  const { ownership, transports, log } = deps
  const charges = new Map<string, Charge>()
  const listeners = new Set<(id: string, status: LinkStatus) => void>()

  function begin(configured: ConfiguredLink): void {
    const { id } = configured
    const opening = openingOf(configured, transports)
    const charge: Charge = {
      configured,
      opening,
      first: id,
      isWanted: false,
      isHeld: false,
      placing: Promise.resolve(),
      line: Promise.resolve(undefined),
      current: undefined,
      status: undefined,
    }
    charges.set(id, charge)
    if (!('problem' in opening)) return
    log('error', `Link "${id}" stays closed: ${opening.problem}`, { link: id })
    const status = { state: 'refused', since: deps.clock.now(), inFlight: 0, windowSize: 0 } as const
    charge.status = { ...status, lastError: opening.problem }
  }

  /** Says which links share a budget, and asks for those that may be ours. */
  function place(): void {
    const terms = [...charges].flatMap(([id, { opening }]) => ('problem' in opening ? [] : [termsOf(id, opening)]))
    deps.budgets.configure(terms)
    const byBudget = Map.groupBy(terms, ({ name }) => name).values()
    const routes = [...deps.routing.current.channels.values()]
    const firsts = firstOfShared(
      terms.map(({ link }) => link),
      [
        ...[...byBudget].map((links) => links.map(({ link }) => link)),
        ...routes.filter(({ messagesPerSecond }) => messagesPerSecond !== undefined).map(({ links }) => links),
      ],
    )
    for (const [id, charge] of charges) charge.first = firsts.get(id) ?? id
    for (const charge of charges.values()) settle(charge)
  }

  function mayBeOurs({ configured, first }: Charge): boolean {
    return first === configured.id || charges.get(first)?.isHeld === true
  }

  /** Asks for a link, or gives it back, as its first one is ours or not. */
  function settle(charge: Charge): void {
    const { configured, opening } = charge
    if ('problem' in opening) return
    charge.placing = charge.placing.then(async () => {
      if (charges.get(configured.id) !== charge || mayBeOurs(charge) === charge.isWanted) return
      charge.isWanted = !charge.isWanted
      if (charge.isWanted) want(charge, opening)
      else await giveBack(charge, RESTART_GRACE_MS)
    })
  }

  function settleFollowersOf(first: string): void {
    for (const charge of charges.values()) if (charge.first === first && charge.configured.id !== first) settle(charge)
  }

  function want(charge: Charge, opening: Opening): void {
    const { id } = charge.configured
    const onStatus = (status: LinkStatus) => {
      charge.status = status
      for (const heard of listeners) heard(id, status)
    }
    ownership.want(slotResource(id, 0), {
      taken(holding) {
        charge.isHeld = true
        settleFollowersOf(id)
        const ours = { ...holding, isHeld: () => charge.isWanted && holding.isHeld() }
        charge.line = charge.line.then(async () => {
          charge.current = await openLine({ id, ...opening }, ours, deps, onStatus)
          return charge.current
        })
      },
      lost() {
        log('warn', `Link "${id}" is another process's now.`, { link: id })
        charge.isHeld = false
        settleFollowersOf(id)
        // What is in flight is the new owner's to send again: nothing to wait for.
        void end(charge, 0)
      },
      async leave() {
        log('info', `Link "${id}" goes to another process.`, { link: id })
        charge.isHeld = false
        settleFollowersOf(id)
        await end(charge, RESTART_GRACE_MS)
        charge.status = undefined
      },
      isTied: () => charge.first !== id,
    })
  }

  function end(charge: Charge, graceMs: number): Promise<void> {
    const ended = charge.line.then(async (line) => {
      charge.current = undefined
      await line?.stop(graceMs)
    })
    charge.line = ended.then(() => undefined)
    return ended
  }

  async function giveBack(charge: Charge, graceMs: number): Promise<void> {
    charge.isWanted = false
    await end(charge, graceMs)
    charge.isHeld = false
    charge.status = undefined
    await ownership.release(slotResource(charge.configured.id, 0)).catch(deps.failed)
  }

  async function drop(charge: Charge, graceMs: number): Promise<void> {
    charges.delete(charge.configured.id)
    await charge.placing
    await giveBack(charge, graceMs)
  }

  return {
    async configure(links) {
      const wanted = new Map(links.map((link) => [link.id, link]))
      const gone = [...charges.values()].filter(
        ({ configured }) => !isDeepStrictEqual(configured, wanted.get(configured.id)),
      )
      await Promise.all(gone.map((charge) => drop(charge, RESTART_GRACE_MS)))
      for (const link of links) if (!charges.has(link.id)) begin(link)
      place()
    },
    status: (id) => charges.get(id)?.status,
    statuses: () => new Map([...charges].flatMap(([id, { status }]) => (status === undefined ? [] : [[id, status]]))),
    link: (id) => charges.get(id)?.current?.link,
    askingLink: (id) => charges.get(id)?.current?.asking,
    sendingLink({ links }) {
      // A link without a status is another process's: nothing is known against it.
      const isUp = (id: string) => (charges.get(id)?.status?.state ?? 'bound') === 'bound'
      return links.find(isUp) ?? links[0] ?? null
    },
    sender: (id) => charges.get(id)?.current?.sender,
    wake: (id) => charges.get(id)?.current?.sender.wake(),
    onStatus(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    async stop(graceMs) {
      await Promise.all([...charges.values()].map((charge) => drop(charge, graceMs)))
    },
  }
}
