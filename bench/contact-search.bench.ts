/** How long it takes to find contacts among many: pages of the list by what people ask most, counts, and an audience. */

import {
  audience,
  countContacts,
  indexFields,
  listContacts,
  loadPeopleCatalogue,
  positionOf,
} from '@textloom/runtime/people'
import { quickestEngine, type TestDatabase } from '@textloom/runtime/testing'
import { type Bench, thisMachine } from './result.ts'

const SMALL = 100_000
const LARGE = 1_000_000
const NOW = Date.UTC(2026, 2, 4, 12)
/** A page that takes longer than this is felt. */
const FELT_MS = 100

/** What is asked, and how much of the whole it finds. */
const questions: { readonly [name: string]: string | undefined } = {
  everybody: undefined,
  nameWord: 'name ~ kovacs17',
  lastDigits: '123456',
  groupOfHalf: 'group = half',
  groupOfFew: 'group = few',
  fieldEqual: 'field.city = city42',
  fieldRange: 'field.age > 90',
  fieldOfFew: 'field.visit > today and field.visit < +2d',
  recentReply: 'last-reply > -1d',
  consentAndField: 'consent(news) = in and field.city = city42',
  groupFieldReplyConsent: 'group = half and field.city = city42 and last-reply > -30d and consent(news) = in',
  nobody: 'field.city = nowhere',
}

export const run: Bench = async ({ seconds, large }) => {
  const contacts = large ? LARGE : SMALL
  const server = await (await quickestEngine()).start()
  try {
    const database = await server.database()
    const startedAtMs = performance.now()
    await fill(database, contacts)
    const filledMs = performance.now() - startedAtMs
    const { sql } = database
    const scope = { ...(await loadPeopleCatalogue(sql)), now: NOW }
    const figures: Record<string, number> = { contacts, fillSeconds: filledMs / 1_000 }
    let slowest = 0
    for (const [name, query] of Object.entries(questions)) {
      const page = () => listContacts(sql, { query, order: 'phone', limit: 51 }, scope)
      const p95 = await p95Of(page, seconds)
      figures[`${name}P95Ms`] = p95
      slowest = Math.max(slowest, p95)
    }
    const first = await listContacts(sql, { order: '-created', limit: 51 }, scope)
    const last = first.at(-1)
    if (last === undefined) throw new Error('There is nobody.')
    const after = positionOf(last, '-created')
    figures.newestSecondPageP95Ms = await p95Of(
      () => listContacts(sql, { order: '-created', after, limit: 51 }, scope),
      seconds,
    )
    figures.countHalfP95Ms = await p95Of(() => countContacts(sql, 'group = half', scope, LARGE + 1), seconds)
    const { ms, members } = await walk(sql, scope.now)
    figures.audienceMembersPerSecond = (members / ms) * 1_000
    return {
      name: 'contact-search',
      figures,
      ratios: { slowestPageToFelt: { value: slowest / FELT_MS, atMost: 1 } },
      machine: thisMachine(),
    }
  } finally {
    await server.stop()
  }
}

/** People of whom everything is known, evenly. */
async function fill({ sql }: TestDatabase, contacts: number): Promise<void> {
  await sql.script(`
    insert into contact_field (key, title, type, choices, position, created_at, updated_at) values
      ('city', 'City', 'text', '[]', 1, now(), now()), ('age', 'Age', 'number', '[]', 2, now(), now()),
      ('visit', 'Visit', 'date', '[]', 3, now(), now());
    insert into contact_group (id, title, kind, source, created_at, updated_at) values
      ('half', 'Half', 'static', 'api', now(), now()), ('few', 'Few', 'static', 'api', now(), now());
    insert into contact (phone, name, language, fields, last_heard_at, created_at, updated_at)
    select '+36' || (300000000 + n), 'Name' || n % 997 || ' Kovacs' || n % 5003, case when n % 3 = 0 then 'hu' else 'en' end,
      jsonb_build_object('city', 'City' || n % 211, 'age', n % 97,
        'visit', to_char(timestamp '2025-01-01' + make_interval(hours => (n % 20000)::int), 'YYYY-MM-DD"T"HH24:MI')),
      case when n % 4 = 0 then null else timestamptz '2026-03-04 12:00Z' - make_interval(mins => (n % 500000)::int) end,
      timestamptz '2026-03-04 12:00Z' - make_interval(secs => n::int), now()
    from generate_series(1, ${contacts}) n;
    insert into group_member select 'half', phone, now() from contact where right(phone, 1) in ('0', '2', '4', '6', '8');
    insert into group_member select 'few', phone, now() from contact where right(phone, 4) = '0007';
    insert into consent (topic, phone, state, source, at)
      select 'news', phone, 'in', 'import', now() from contact where right(phone, 1) in ('1', '2', '3');
    insert into suppression (phone, topic, source, at)
      select phone, '', 'keyword', now() from contact where right(phone, 2) = '13';`)
  await indexFields(sql)
  await sql.script('vacuum analyze')
}

async function p95Of(work: () => Promise<unknown>, seconds: number): Promise<number> {
  await work() // plans
  const took: number[] = []
  const endsAtMs = performance.now() + (seconds * 1_000) / 3
  while (performance.now() < endsAtMs || took.length < 20) {
    const startedAtMs = performance.now()
    await work()
    took.push(performance.now() - startedAtMs)
    if (took.length >= 2_000) break
  }
  took.sort((a, b) => a - b)
  return took[Math.floor(took.length * 0.95)] ?? 0
}

/** A whole audience of half of them, in pages of a thousand. */
async function walk(sql: TestDatabase['sql'], now: number): Promise<{ ms: number; members: number }> {
  const startedAtMs = performance.now()
  let members = 0
  for (let after: string | null = ''; after !== null; ) {
    const page = await audience(sql, { groups: ['half'] }, { now }, { after, limit: 1_000 })
    members += page.members.length
    after = page.next
  }
  return { ms: performance.now() - startedAtMs, members }
}
