import type { Address } from '@textloom/core'
import { segmentCount } from '@textloom/sms'
import type { OutboxSource } from '../../db/hot/types.ts'
import type { Turn } from './turn.ts'

/** What an outbox row of kind `sms` holds as its payload. */
export interface MtPayload {
  readonly text: string
  readonly from: Address
  readonly to: Address
  readonly node?: string
  /** The public id of the MO it answers. */
  readonly inReplyTo?: string
  /** Addresses of files, which stand behind the text too. */
  readonly attachments?: readonly string[]
  /** Name of the agent who wrote it, and the ticket it belongs to. */
  readonly agent?: string
  readonly ticket?: string
}

/** Flows send in the middle: keyword confirmations go first, campaigns last. */
export const PRIORITY = { keyword: 0, agent: 3, notify: 4, flow: 5, api: 5, campaign: 7 } as const satisfies Record<
  OutboxSource,
  number
>

/** An emergency goes before everything but the confirmation of STOP. */
export const ALERT_PRIORITY = 1

/** An MT as turns write it. */
export interface Text {
  readonly text: string
  /** Addresses of files: written behind the text too, for links that carry none. */
  readonly files?: readonly string[]
  /** What it is about, for those who agreed to some topics only. */
  readonly topic?: string
  readonly source: OutboxSource
  readonly id?: string
  readonly from?: Address
  readonly node?: string
  readonly inReplyTo?: string
  readonly priority?: number
  readonly dueAt?: number
  readonly expiresAt?: number | null
  /** Name of the agent who wrote it, and the ticket it belongs to. */
  readonly agent?: string
  readonly ticket?: string
  /** True for what leaves although the phone is suppressed. */
  readonly isConsent?: boolean
}

/** Puts an MT to the contact into the outbox and records that. */
export function sendText(turn: Turn, mt: Text): void {
  const { route, phone, runId, peer, world, now } = turn
  const id = mt.id ?? world.newId()
  // The channel was taken away while its conversation went on: nothing can carry this.
  if (route === undefined) {
    turn.event('mt.failed', { message: id, link: '', attempt: 0, state: 'failed', code: 'runtime/no-channel' })
    return
  }
  const { files = [], topic = '' } = mt
  const text = [mt.text, ...files].join('\n')
  const segments = segmentCount(text)
  const because = {
    ...(mt.node !== undefined && { node: mt.node }),
    ...(mt.inReplyTo !== undefined && { inReplyTo: mt.inReplyTo }),
  }
  const payload = {
    text,
    ...(files.length > 0 && { attachments: files }),
    from: mt.from ?? peer?.from ?? route.address,
    to: peer?.to ?? phone,
    ...(mt.agent !== undefined && { agent: mt.agent }),
    ...(mt.ticket !== undefined && { ticket: mt.ticket }),
    ...because,
  } satisfies MtPayload
  const run = mt.source === 'flow' || mt.ticket !== undefined ? runId : null
  turn.send({
    id,
    kind: 'sms',
    link: world.sendingLink(route),
    source: mt.source,
    runId: run,
    segments,
    priority: mt.priority ?? PRIORITY[mt.source],
    payload,
    topic,
    isConsent: mt.isConsent ?? false,
    dueAt: mt.dueAt ?? now,
    expiresAt: mt.expiresAt ?? now + route.validityMs,
  })
  turn.event('mt.queued', { message: id, by: mt.source, segments, ...(run !== null && { run }), ...because })
}
