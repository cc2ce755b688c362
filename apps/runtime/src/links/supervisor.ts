import { isDeepStrictEqual } from 'node:util'
import type { Link, LinkStatus, TransportRegistry } from '@textloom/core'
import { slotResource } from '../db/hot/leases.ts'
import type { ChannelRoute } from '../host/channel-route.ts'
import type { Ownership } from '../host/ownership.ts'
import { type Line, type LineDeps, openLine } from './line.ts'

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
  /** The first link of a channel that can send now; else its first. */
  sendingLink(route: ChannelRoute): string | null
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
  line: Promise<Line | undefined>
  current: Line | undefined
  status: LinkStatus | undefined
}

const RESTART_GRACE_MS = 5_000

/** What opening a link takes, or why it cannot be opened. */
function openingOf({ kind, config, problem }: ConfiguredLink, transports: TransportRegistry) {
  if (problem !== undefined) return { problem }
  const transport = transports.get(kind)
  if (transport === undefined) return { problem: `this release has no links of kind "${kind}".` }
  const parsed = transport.config.safeParse(config)
  if (parsed.success) return { transport, config: parsed.data }
  const [issue] = parsed.error.issues
  return { problem: `${issue?.path.join('.')} ${issue?.message}.` }
}

export function superviseLinks(deps: SupervisorDeps): LinkSupervisor {
  const { ownership, transports, log } = deps
  const charges = new Map<string, Charge>()
  const listeners = new Set<(id: string, status: LinkStatus) => void>()

  function begin(configured: ConfiguredLink): void {
    const { id } = configured
    const opening = openingOf(configured, transports)
    const charge: Charge = { configured, line: Promise.resolve(undefined), current: undefined, status: undefined }
    charges.set(id, charge)
    if ('problem' in opening) {
      log('error', `Link "${id}" stays closed: ${opening.problem}`, { link: id })
      const status = { state: 'refused', since: deps.clock.now(), inFlight: 0, windowSize: 0 } as const
      charge.status = { ...status, lastError: opening.problem }
      return
    }
    const onStatus = (status: LinkStatus) => {
      charge.status = status
      for (const heard of listeners) heard(id, status)
    }
    ownership.want(slotResource(id, 0), {
      taken(holding) {
        charge.line = charge.line.then(async () => {
          charge.current = await openLine({ id, ...opening }, holding, deps, onStatus)
          return charge.current
        })
      },
      lost() {
        log('warn', `Link "${id}" is another process's now.`, { link: id })
        // What is in flight is the new owner's to send again: nothing to wait for.
        void end(charge, 0)
      },
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

  async function drop(charge: Charge, graceMs: number): Promise<void> {
    charges.delete(charge.configured.id)
    await end(charge, graceMs)
    await ownership.release(slotResource(charge.configured.id, 0)).catch(deps.failed)
  }

  return {
    async configure(links) {
      const wanted = new Map(links.map((link) => [link.id, link]))
      const gone = [...charges.values()].filter(
        ({ configured }) => !isDeepStrictEqual(configured, wanted.get(configured.id)),
      )
      await Promise.all(gone.map((charge) => drop(charge, RESTART_GRACE_MS)))
      for (const link of links) if (!charges.has(link.id)) begin(link)
    },
    status: (id) => charges.get(id)?.status,
    statuses: () => new Map([...charges].flatMap(([id, { status }]) => (status === undefined ? [] : [[id, status]]))),
    link: (id) => charges.get(id)?.current?.link,
    sendingLink({ links }) {
      // A link without a status is another process's: nothing is known against it.
      const isUp = (id: string) => (charges.get(id)?.status?.state ?? 'bound') === 'bound'
      return links.find(isUp) ?? links[0] ?? null
    },
    wake: (id) => charges.get(id)?.current?.wake(),
    onStatus(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    async stop(graceMs) {
      await Promise.all([...charges.values()].map((charge) => drop(charge, graceMs)))
    },
  }
}
