import { iso, isoOrNull, lookedUp } from '../recordset.ts'
import type { ConsentWrite, ContactWrite, StoreBatch } from '../types.ts'
import { insertion, type Section } from './section.ts'

/** What became known of contacts: fields are merged, so that two channels do not overwrite each other. */
export const contacts: Section = {
  name: 'contacts',
  columns: {
    phone: 'text',
    name: 'text',
    language: 'text',
    timezone: 'text',
    fields: 'jsonb',
    last_heard_at: 'timestamptz',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
  rows: (batch) =>
    mergedContacts(batch).map(({ phone, name, language, timezone, fields, lastHeardAt, at }) => ({
      phone,
      name: name ?? null,
      language: language ?? null,
      timezone: timezone ?? null,
      fields: fields ?? {},
      last_heard_at: isoOrNull(lastHeardAt ?? null),
      created_at: iso(at),
      updated_at: iso(at),
    })),
  write: (source, list) => `insert into contact (${list}) select ${list} from ${source}
    on conflict (phone) do update set name = coalesce(excluded.name, contact.name),
      language = coalesce(excluded.language, contact.language),
      timezone = coalesce(excluded.timezone, contact.timezone), fields = contact.fields || excluded.fields,
      last_heard_at = greatest(excluded.last_heard_at, contact.last_heard_at), updated_at = excluded.updated_at`,
}

/** Groups that somebody is put into are there from then on. */
export const groupsNamed: Section = {
  name: 'groups_named',
  columns: { id: 'text', title: 'text', at: 'timestamptz' },
  rows: (batch) => {
    const named = new Map(memberships(batch, 'joined').map(({ group, at }) => [group, at]))
    return [...named].sort(byName).map(([id, at]) => ({ id, title: id, at: iso(at) }))
  },
  write: (source) => `insert into contact_group (id, title, kind, source, created_at, updated_at)
    select id, title, 'static', 'flow', at, at from ${source} on conflict do nothing`,
}

/** Who joined a group; who is in it already stays since then. */
export const groupsJoined: Section = {
  name: 'groups_joined',
  columns: { group_id: 'text', phone: 'text', joined_at: 'timestamptz' },
  rows: (batch) =>
    memberships(batch, 'joined').map(({ group, phone, joinedAt }) => ({ group_id: group, phone, joined_at: joinedAt })),
  write: (source, list) => `insert into group_member (${list}) select ${list} from ${source} on conflict do nothing`,
}

/** Who left one. */
export const groupsLeft: Section = {
  name: 'groups_left',
  columns: { group_id: 'text', phone: 'text' },
  rows: (batch) => memberships(batch, 'left').map(({ group, phone }) => ({ group_id: group, phone })),
  write: (source) => `delete from group_member m using ${source} where ${lookedUp('m', 'x', ['group_id', 'phone'])}`,
}

/** Who changed what of them. */
export const contactChanges = insertion(
  'contact_changes',
  'contact_change',
  {
    id: 'uuid',
    phone: 'text',
    source: 'text',
    actor: 'text',
    actor_name: 'text',
    changes: 'jsonb',
    at: 'timestamptz',
  },
  (batch) =>
    (batch.contactChanges ?? []).map(({ id, phone, source, actor, actorName, changes, at }) => ({
      id,
      phone,
      source,
      actor,
      actor_name: actorName,
      changes,
      at: iso(at),
    })),
)

/** The ledger. */
export const consentEntries = insertion(
  'consent_entries',
  'consent_entry',
  {
    id: 'uuid',
    phone: 'text',
    topic: 'text',
    state: 'text',
    channel: 'text',
    words: 'text',
    source: 'text',
    actor: 'text',
    actor_name: 'text',
    message: 'uuid',
    at: 'timestamptz',
  },
  (batch) =>
    (batch.consents ?? []).map(({ actorName, at, ...entry }) => ({ ...entry, actor_name: actorName, at: iso(at) })),
)

/** What counts from then on. */
export const consents: Section = {
  name: 'consents',
  columns: { topic: 'text', phone: 'text', state: 'text', channel: 'text', source: 'text', at: 'timestamptz' },
  rows: (batch) =>
    lastConsents(batch).map(({ topic, phone, state, channel, source, at }) => ({
      topic,
      phone,
      state,
      channel,
      source,
      at: iso(at),
    })),
  write: (source, list) => `insert into consent (${list}) select ${list} from ${source}
    on conflict (topic, phone) do update set state = excluded.state, channel = excluded.channel,
      source = excluded.source, at = excluded.at`,
}

/** Texts that may have meant STOP. */
export const consentReviews = insertion(
  'consent_reviews',
  'consent_review',
  {
    id: 'uuid',
    channel: 'text',
    phone: 'text',
    message: 'uuid',
    text: 'text',
    at: 'timestamptz',
    state: 'text',
  },
  (batch) =>
    (batch.consentReviews ?? []).map(({ id, channel, phone, message, text, at }) => ({
      id,
      channel,
      phone,
      message,
      text,
      at: iso(at),
      state: 'open',
    })),
)

/** One row per contact and statement, in the order of their phones. */
function mergedContacts({ contacts = [] }: StoreBatch): ContactWrite[] {
  const merged = new Map<string, ContactWrite>()
  for (const write of contacts) {
    const earlier = merged.get(write.phone)
    const fields = { ...earlier?.fields, ...write.fields }
    const groups = { ...earlier?.groups, ...write.groups }
    merged.set(write.phone, { ...earlier, ...write, fields, groups })
  }
  return [...merged.values()].sort((a, b) => (a.phone < b.phone ? -1 : 1))
}

/** Who joined or left which group in this batch, whatever they did before that in it; in the order of phones. */
function memberships(batch: StoreBatch, change: 'joined' | 'left') {
  return mergedContacts(batch).flatMap(({ phone, groups = {}, at }) =>
    Object.entries(groups)
      .filter(([, joinedAt]) => (joinedAt !== null) === (change === 'joined'))
      .sort(byName)
      .map(([group, joinedAt]) => ({ group, phone, joinedAt, at })),
  )
}

/** Of several entries about one (phone, topic) only the last counts. */
function lastConsents({ consents = [] }: StoreBatch): ConsentWrite[] {
  const last = new Map(consents.map((write) => [`${write.phone}\0${write.topic}`, write]))
  return [...last].sort(byName).map(([, write]) => write)
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
