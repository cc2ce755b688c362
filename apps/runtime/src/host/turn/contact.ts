import type { ContactChange, ContactEffect } from '@textloom/core'
import type { ContactWrite } from '../../db/hot/types.ts'
import type { EventData } from '../event-kinds.ts'
import { runOf, type Turn } from './turn.ts'

/** Stores what a flow changes of its contact, and of what the contact agrees to. */
export function changeContact(turn: Turn, { node, change }: ContactEffect): void {
  if ('consent' in change) {
    const { consent, topic = '' } = change
    changeConsent(turn, consent, { topic, source: 'flow', ...runOf(turn), node })
    const how = topic === '' ? {} : { topic }
    const seed = `opt-in:${turn.rev}:${node}`
    if (consent === 'in') turn.afterwards.push({ kind: 'happened', what: 'opt-in', how, seed })
    return
  }
  turn.learn(known(change, turn.now))
  turn.event('contact.changed', { run: turn.runId ?? '', node, ...change })
}

/** Stores that a contact agreed or refused to be texted: about a topic, or at all where it is empty. */
export function changeConsent(
  turn: Turn,
  consent: 'in' | 'out',
  what: Omit<EventData['consent.changed'], 'consent'>,
): void {
  const { phone, channel, now, suppressed } = turn
  const { topic, source } = what
  const change = consent === 'out' ? 'add' : 'remove'
  turn.batch.suppressions.push({ phone, topic, change, channel, source, at: now })
  if (consent === 'out') suppressed.add(topic)
  else suppressed.delete(topic)
  turn.event('consent.changed', { consent, ...what })
}

function known(
  change: Exclude<ContactChange, { readonly consent: unknown }>,
  now: number,
): Omit<ContactWrite, 'phone' | 'at'> {
  if ('field' in change) return { fields: { [change.field]: change.value } }
  if ('group' in change)
    return { groups: { [change.group]: change.change === 'added' ? new Date(now).toISOString() : null } }
  return change
}
