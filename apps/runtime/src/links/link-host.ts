import { randomUUID } from 'node:crypto'
import type { Clock, Inbound, InboundMo, InboundPart, LinkHost, LinkMemory, LinkStatus } from '@textloom/core'
import { storable } from '../host/border.ts'
import type { MoArrived } from '../host/incoming.ts'
import type { Log } from '../host/log.ts'
import { canonicalAddress } from '../host/numbers.ts'
import type { Parts } from '../host/parts.ts'
import type { Receipts } from '../host/receipts.ts'
import type { Redelivery } from '../host/redelivery.ts'
import type { RoutingTable } from '../host/routing-table.ts'
import { StoreUnavailable } from '../host/store-unavailable.ts'
import type { Submit } from '../host/submit.ts'

/** What a link's events are handed to. */
export interface Reception {
  readonly clock: Clock
  readonly routing: RoutingTable
  readonly submit: Submit
  readonly parts: Parts
  readonly receipts: Receipts
  newId(): string
  /** Where this instance is reached, without a slash at its end. */
  baseUrl(): string
  readonly log: Log
}

/** False for a part whose numbers make no sense, or that is the whole: a text by itself (3GPP TS 23.040 §9.2.3.24.1). */
function isPartOfMore({ total, sequence }: InboundPart): boolean {
  return total > 1 && sequence >= 1 && sequence <= total
}

function storableFacts(facts: NonNullable<InboundMo['facts']>): NonNullable<InboundMo['facts']> {
  const entries = Object.entries(facts).map(([name, value]) => [
    name,
    typeof value === 'string' ? storable(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** The runtime as one link sees it. */
export function linkHost(
  linkId: string,
  reception: Reception,
  redelivery: Redelivery,
  memory: LinkMemory,
  onStatus: (status: LinkStatus) => void,
): LinkHost {
  const { clock, routing, submit, parts, receipts, newId, baseUrl, log } = reception

  async function receive(inbound: InboundMo): Promise<void> {
    const now = clock.now()
    const { fingerprint } = inbound
    const named = storable(inbound.id)
    const id = fingerprint === undefined ? named : redelivery.idOf({ id: named, fingerprint }, now)
    try {
      await store({ ...inbound, id }, now)
    } catch (error) {
      if (error instanceof StoreUnavailable && fingerprint !== undefined)
        redelivery.refused({ id, fingerprint, at: now })
      throw error
    }
  }

  async function store(mo: InboundMo, receivedAt: number): Promise<void> {
    const from = storable(mo.from)
    const to = storable(mo.to)
    const route = routing.current.channelFor(linkId, to)
    // Ids of channels have no parentheses: a text to an address that is nobody's has a place of its own.
    const channel = route?.id ?? `(${linkId})`
    const phone = canonicalAddress(from, route?.country)
    if (mo.part !== undefined && isPartOfMore(mo.part)) {
      const origin = { channel, phone, link: linkId, reuseAfterMs: redelivery.partWindowMs(receivedAt) }
      return parts.receive({ ...mo, from, to, part: mo.part }, origin)
    }
    const event: MoArrived = {
      kind: 'mo',
      channel,
      phone,
      messageId: mo.id,
      id: newId(),
      link: linkId,
      from,
      to,
      text: storable(mo.text),
      receivedAt,
      ...(mo.rawHex !== undefined && { rawHex: mo.rawHex }),
      ...(mo.facts !== undefined && { facts: storableFacts(mo.facts) }),
      ...(mo.fingerprint !== undefined && { fingerprint: mo.fingerprint }),
    }
    await submit(event)
  }

  return {
    now: () => clock.now(),
    newEpoch: () => randomUUID(),
    memory,
    inboundUrl: () => `${baseUrl()}/in/${linkId}`,
    submit: (inbound: Inbound) => (inbound.type === 'mo' ? receive(inbound) : receipts.receive(linkId, inbound)),
    bound: () => redelivery.bound(clock.now()),
    status(status) {
      if (status.state !== 'bound') redelivery.dropped(clock.now())
      onStatus(status)
    },
    log: (level, message, fields) => log(level, message, { link: linkId, ...fields }),
  }
}
