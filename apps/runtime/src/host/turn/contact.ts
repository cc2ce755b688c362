import type { ContactChange, ContactEffect, Json } from '@textloom/core'
import type { ConsentWrite, ContactDifference, ContactRow, ContactWrite } from '../../db/hot/types.ts'
import type { EventData } from '../event-kinds.ts'
import { runOf, type Turn } from './turn.ts'

/** The flow that changes its contact, and the text that made it do so. */
export interface ChangedBy {
  readonly flow: string
  readonly words: string | null
  /** The public id of that text. */
  readonly message: string | null
}

/** Stores what a flow changes of its contact, and of what the contact agrees to. */
export function changeContact(turn: Turn, { node, change }: ContactEffect, { flow, ...said }: ChangedBy): void {
  const actor = { actor: `flow:${flow}`, actorName: flow }
  if ('consent' in change) {
    const { consent, topic = '' } = change
    changeConsent(turn, consent, {
      event: { topic, source: 'flow', ...runOf(turn), node },
      entry: { ...actor, ...said },
    })
    const how = topic === '' ? {} : { topic }
    const seed = `opt-in:${turn.rev}:${node}`
    if (consent === 'in') turn.afterwards.push({ kind: 'happened', what: 'opt-in', how, seed })
    return
  }
  const difference = differenceOf(turn.known, change)
  turn.learn(known(change, turn.now))
  turn.event('contact.changed', { run: turn.runId ?? '', node, ...change })
  if (difference === undefined) return
  const { phone, now: at, world } = turn
  const id = world.newId()
  turn.batch.contactChanges.push({ id, phone, source: 'flow', ...actor, changes: [difference], at })
}

/** How a change of consent is written down: as an event, and in the ledger. */
export interface ConsentEvidence {
  readonly event: Omit<EventData['consent.changed'], 'consent'>
  readonly entry: Pick<ConsentWrite, 'actor' | 'actorName' | 'words' | 'message'>
}

/** Stores that a contact agreed or refused to be texted: about a topic, or at all where it is empty. */
export function changeConsent(turn: Turn, consent: 'in' | 'out', { event, entry }: ConsentEvidence): void {
  const { phone, channel, now, suppressed, world } = turn
  const { topic, source } = event
  const change = consent === 'out' ? 'add' : 'remove'
  turn.batch.suppressions.push({ phone, topic, change, channel, source, at: now })
  turn.batch.consents.push({ id: world.newId(), phone, topic, state: consent, channel, source, at: now, ...entry })
  if (consent === 'out') suppressed.add(topic)
  else suppressed.delete(topic)
  turn.event('consent.changed', { consent, ...event })
}

type DataChange = Exclude<ContactChange, { readonly consent: unknown }>

function known(change: DataChange, now: number): Omit<ContactWrite, 'phone' | 'at'> {
  if ('field' in change) return { fields: { [change.field]: change.value } }
  if ('group' in change)
    return { groups: { [change.group]: change.change === 'added' ? new Date(now).toISOString() : null } }
  return change
}

/** What is another now; undefined where nothing is. */
function differenceOf(before: ContactRow, change: DataChange): ContactDifference | undefined {
  if ('field' in change) return difference(`field:${change.field}`, before.fields[change.field] ?? null, change.value)
  if ('group' in change) {
    const wasIn = (before.groups[change.group] ?? null) !== null
    return difference(`group:${change.group}`, wasIn, change.change === 'added')
  }
  if ('name' in change) return difference('name', before.name, change.name)
  if ('language' in change) return difference('language', before.language, change.language)
  return difference('timezone', before.timezone, change.timezone)
}

function difference(what: string, from: Json, to: Json): ContactDifference | undefined {
  return JSON.stringify(from) === JSON.stringify(to) ? undefined : { what, from, to }
}
