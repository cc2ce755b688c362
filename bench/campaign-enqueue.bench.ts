/**
 * A campaign for 1,000,000: how quickly its texts are planned and handed in, and what memory that takes. The runtime is
 * this process; what it hands in is taken from the outbox by one statement, as quickly as it comes, so that no network
 * sets the speed.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { campaignSchema, insertCampaign, startCampaign } from '@textloom/runtime/campaigns'
import { startRuntime } from '@textloom/runtime/main'
import { readSettings } from '@textloom/runtime/settings'
import { engineOf, type Storage, storageOn } from '@textloom/runtime/testing/system'
import { memoryMb } from './memory.ts'
import { type Bench, thisMachine } from './result.ts'

const MILLION = 1_000_000
const MOST_MEMORY_MB = 512
/** What a channel of a hundred texts a second needs, ten times over. */
const NEEDED_PER_SECOND = 1_000
/** Memory of the last tenth to that of the second. */
const FLAT = 1.3
const DRAIN_MS = 100
const LOOK_MS = 500

type Sql = Awaited<ReturnType<typeof startRuntime>>['sql']

export const run: Bench = async ({ seconds }) => {
  // A look takes a tenth: what `--seconds` below one asks for.
  const recipients = seconds < 1 ? MILLION / 10 : MILLION
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  const runtime = await host(storage)
  try {
    const { sql } = runtime
    await fill(sql, recipients)
    const startedAtMs = performance.now()
    const id = await start(sql, runtime.ids.next())
    const drain = startDrain(sql)
    const shares: { readonly handedIn: number; readonly atMs: number; readonly memory: number }[] = []
    let plannedAtMs: number | undefined
    for (let handedIn = 0; handedIn < recipients; ) {
      await pause(LOOK_MS)
      if (drain.failure !== undefined) throw drain.failure
      const isPlanned = plannedAtMs !== undefined || (await hasPlanned(sql, id))
      if (isPlanned) plannedAtMs ??= performance.now()
      handedIn = drain.taken
      shares.push({ handedIn, atMs: performance.now() - startedAtMs, memory: memoryMb(process.pid, 'VmRSS') })
    }
    const tookMs = performance.now() - startedAtMs
    await drain.stop()
    const within = (from: number, to: number) =>
      shares.filter(({ handedIn }) => handedIn > from * recipients && handedIn <= to * recipients)
    const rateOf = (part: typeof shares) => {
      const [first, last] = [part[0], part.at(-1)]
      if (first === undefined || last === undefined || first === last) return Number.NaN
      return ((last.handedIn - first.handedIn) / (last.atMs - first.atMs)) * 1_000
    }
    const most = (part: typeof shares) => Math.max(...part.map(({ memory }) => memory))
    const [early, late] = [within(0.1, 0.3), within(0.8, 1)]
    const perSecond = (recipients / tookMs) * 1_000
    const mostMemory = memoryMb(process.pid, 'VmHWM')
    return {
      name: 'campaign-enqueue',
      figures: {
        recipients,
        plannedPerSecond: (recipients / ((plannedAtMs ?? Number.NaN) - startedAtMs)) * 1_000,
        handedInPerSecond: perSecond,
        earlyPerSecond: rateOf(early),
        latePerSecond: rateOf(late),
        earlyMemoryMb: most(early),
        lateMemoryMb: most(late),
        mostMemoryMb: mostMemory,
      },
      ratios: {
        toNeeded: { value: perSecond / NEEDED_PER_SECOND, atLeast: 1 },
        lateRateToEarly: { value: rateOf(late) / rateOf(early), atLeast: 0.7 },
        lateMemoryToEarly: { value: most(late) / most(early), atMost: FLAT },
        memoryToAllowed: { value: mostMemory / MOST_MEMORY_MB, atMost: 1 },
      },
      machine: thisMachine(),
    }
  } finally {
    await runtime.stop()
    await storage.remove()
  }
}

/** The runtime in this process, on a link to a network that nobody answers at. */
async function host({ dataDir, env }: Storage) {
  const config = join(dataDir, 'instance.json')
  const link = { id: 'nobody', kind: 'smpp', host: '127.0.0.1', port: 1, systemId: 'tl' }
  const channel = { id: '4040', address: '4040', link: 'nobody' }
  await writeFile(config, JSON.stringify({ links: [link], channels: [channel] }))
  return startRuntime(readSettings({ ...env, TEXTLOOM_CONFIG: config }, dataDir), { log: () => {} })
}

/** People who have agreed, in one group. */
async function fill(sql: Sql, recipients: number): Promise<void> {
  await sql.script(`
    insert into contact_group (id, title, kind, source, created_at, updated_at) values
      ('all', 'All', 'static', 'api', now(), now());
    insert into contact (phone, name, language, fields, created_at, updated_at)
    select '+36' || (300000000 + n), 'Name' || n, 'en', '{}', now(), now() from generate_series(1, ${recipients}) n;
    insert into group_member select 'all', phone, now() from contact;
    insert into consent (topic, phone, state, source, at) select '', phone, 'in', 'import', now() from contact;`)
  await sql.script('vacuum analyze')
}

async function start(sql: Sql, id: string): Promise<string> {
  const definition = campaignSchema.parse({
    name: 'Everybody',
    channel: '4040',
    content: { kind: 'message', variants: [{ id: 'A', texts: { en: 'Dear {{ contact.name }}, we are open again.' } }] },
    audience: { groups: ['all'] },
    schedule: { kind: 'now' },
    timezone: 'Europe/Budapest',
    quiet: null,
    expiry: 'P3D',
  })
  const at = Date.now()
  await insertCampaign(sql, { id, definition, by: 'bench', at })
  await startCampaign(sql, { id, by: 'bench', at })
  return id
}

async function hasPlanned(sql: Sql, campaign: string): Promise<boolean> {
  const rows = await sql.query('select 1 from campaign_occurrence where campaign = $1::uuid and is_planned', [campaign])
  return rows.length > 0
}

/** Takes what stands in the outbox, as a network would that is quicker than anything. */
function startDrain(sql: Sql) {
  let isOver = false
  const drain = {
    taken: 0,
    failure: undefined as unknown,
    stop: () => {
      isOver = true
      return draining
    },
  }
  const take = `with taken as (
      update outbox set state = 'sent', sent_at = now() where state = 'queued' and link = 'nobody' returning 1)
    select count(*)::int as count from taken`
  const draining = (async () => {
    while (!isOver) {
      const [row] = await sql.query<{ count: number }>(take)
      drain.taken += row?.count ?? 0
      await pause(DRAIN_MS)
    }
  })().catch((error: unknown) => {
    drain.failure = error
  })
  return drain
}
