/**
 * A campaign for 20,000 at the channel's speed, as whole processes: `textloom start` and a pretend SMSC. Beside it people
 * write and are answered, some of those it is for say STOP while their text waits in the outbox, an alert for 10,000 is
 * started, and the runtime is killed again and again. In the end each recipient has the text once, or is marked.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { campaignSchema, insertCampaign, startCampaign } from '@textloom/runtime/campaigns'
import {
  countingFlow,
  engineOf,
  type House,
  type Storage,
  startHouse,
  storageOn,
  until,
} from '@textloom/runtime/testing/system'
import { quantile } from './alternate.ts'
import { openLoop } from './open-loop.ts'
import { type Bench, thisMachine } from './result.ts'

const RECIPIENTS = 20_000
const PER_SECOND = 100
const ALERTED = 10_000
const ALERT_PER_SECOND = 400
const KILLS = 4
const TALKERS = 500
const MOS_PER_SECOND = 20
const STOPS = 20
/** Those who say STOP are so many texts ahead of what leaves: their own is in the outbox by then. */
const AHEAD = 150
const ALLOWED = { replyP95Ms: 1_000, stopMs: 1_000, alertSeconds: 60 } as const

const text = 'The shop is open until ten tonight.'
const alertText = 'The river is rising. Leave the lower town now, and answer OK.'
const phoneOf = (index: number) => `+3630${2_000_000 + index}`
const alertedPhone = (index: number) => `+3620${2_000_000 + index}`
const talker = (index: number) => `+3670${2_000_000 + (index % TALKERS)}`

type Sql = NonNullable<Storage['sql']>

export const run: Bench = async ({ seconds }) => {
  // A look takes a tenth: what `--seconds` below one asks for.
  const scale = seconds < 1 ? 0.1 : 1
  const recipients = RECIPIENTS * scale
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  const { sql } = storage
  if (sql === undefined) throw new Error('There is no way into the database.')
  const house = await startHouse({
    storage,
    flows: [countingFlow],
    channel: { messagesPerSecond: PER_SECOND },
    more: {
      links: [],
      channels: [{ id: 'siren', address: '112', link: 'smsc', messagesPerSecond: ALERT_PER_SECOND }],
    },
    env: { LOG_LEVEL: 'warn' },
  })
  try {
    await fill(sql, { everybody: [recipients, phoneOf(0)], alerted: [ALERTED * scale, alertedPhone(0)] })
    const campaign = await start(sql, { channel: '4040', group: 'everybody', text })
    const sent = arrivals(house, text)
    await until(() => sent.count() > 0, 'the first text')
    const startedAtMs = performance.now()

    // First without kills: how long people wait for an answer, and what STOP does.
    const loop = openLoop(house.smsc, {
      perSecond: MOS_PER_SECOND,
      seconds: 40 * Math.max(0.25, scale),
      to: '4040',
      phone: talker,
    })
    const stops = await sayStop(house, { sent, recipients, times: STOPS * Math.max(0.25, scale) })
    const latencies = await loop

    const alertAtMs = performance.now()
    const alarmed = arrivals(house, alertText)
    const alert = await start(sql, { channel: 'siren', group: 'alerted', text: alertText, isAlert: true })
    await until(
      () => alarmed.phones.size >= ALERTED * scale,
      () => `${alarmed.phones.size} alerts`,
      180_000,
    )
    const alertSeconds = (performance.now() - alertAtMs) / 1_000

    // Then the rest of it, over kills.
    const restarts: number[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const from = sent.phones.size
      const next = from + (recipients - stops.length - from) / (KILLS + 1 - kill)
      await until(
        () => sent.phones.size >= next,
        () => `${next} of ${recipients} texts`,
        300_000,
      )
      const killedAtMs = performance.now()
      await house.runtime.kill()
      await house.startAgain()
      restarts.push(performance.now() - killedAtMs)
    }
    await until(
      () => isOver(sql, campaign),
      () => `the end; ${sent.phones.size} of ${recipients} left`,
      600_000,
    )
    const tookSeconds = (performance.now() - startedAtMs) / 1_000
    await pause(2_000) // what would come too often comes now

    const marked = new Set([...(await markedIn(sql, campaign)), ...(await markedIn(sql, alert))])
    const stopped = new Set(stops.map(({ phone }) => phone))
    const wanted = Array.from({ length: recipients }, (_, index) => phoneOf(index))
    const wrong = wanted.filter((phone) => {
      const count = sent.phones.get(phone)?.length ?? 0
      return !stopped.has(phone) && count !== 1 && !(marked.has(phone) && count === 2)
    })
    const twice = wanted.filter((phone) => (sent.phones.get(phone)?.length ?? 0) > 1)
    const alertWrong = [...alarmed.phones].filter(([phone, at]) => at.length !== 1 && !marked.has(phone))
    const late = stops.map(({ phone, atMs }) =>
      Math.max(0, ...(sent.phones.get(phone) ?? []).map((arrived) => arrived - atMs)),
    )
    const replyP95Ms = quantile(latencies, 0.95)
    return {
      name: 'campaign',
      figures: {
        recipients,
        perSecond: PER_SECOND,
        tookSeconds,
        leastSeconds: (recipients - stops.length) / PER_SECOND,
        kills: KILLS,
        slowestRestartMs: Math.max(...restarts),
        twice: twice.length,
        markedPossibleDuplicate: marked.size,
        replyP50Ms: quantile(latencies, 0.5),
        replyP95Ms,
        replyP99Ms: quantile(latencies, 0.99),
        stops: stops.length,
        stopConfirmedP95Ms: quantile(
          stops.map(({ confirmedMs }) => confirmedMs),
          0.95,
        ),
        latestTextAfterStopMs: Math.max(...late),
        alerted: alarmed.phones.size,
        alertSeconds,
        alertLeastSeconds: (ALERTED * scale) / ALERT_PER_SECOND,
      },
      ratios: {
        wrong: { value: wrong.length + alertWrong.length, atMost: 0 },
        replyP95ToAllowed: { value: replyP95Ms / ALLOWED.replyP95Ms, atMost: 1 },
        stopToAllowed: { value: Math.max(...late) / ALLOWED.stopMs, atMost: 1 },
        refusedAfterStop: {
          value: stops.filter(({ isRefused }) => isRefused).length / stops.length,
          atLeast: 1,
        },
        alertToAllowed: { value: alertSeconds / ALLOWED.alertSeconds, atMost: 1 },
      },
      machine: thisMachine(),
    }
  } finally {
    await house.remove()
  }
}

/** Groups of people who agreed, each with how many and the first phone. */
async function fill(sql: Sql, groups: { readonly [id: string]: readonly [count: number, first: string] }) {
  for (const [id, [count, first]] of Object.entries(groups)) {
    await sql.script(`
      insert into contact_group (id, title, kind, source, created_at, updated_at) values
        ('${id}', '${id}', 'static', 'api', now(), now());
      insert into contact (phone, language, fields, created_at, updated_at)
      select '+' || (${first.slice(1)} + n), 'en', '{}', now(), now() from generate_series(0, ${count - 1}) n;
      insert into group_member select '${id}', '+' || (${first.slice(1)} + n), now() from generate_series(0, ${count - 1}) n;
      insert into consent (topic, phone, state, source, at)
      select '', phone, 'in', 'import', now() from group_member where group_id = '${id}';`)
  }
  await sql.script('vacuum analyze')
}

/** What the second of two people does; the runtime sees it within a second. */
async function start(
  sql: Sql,
  {
    channel,
    group,
    text: written,
    isAlert = false,
  }: { readonly channel: string; readonly group: string; readonly text: string; readonly isAlert?: boolean },
): Promise<string> {
  const definition = campaignSchema.parse({
    name: group,
    channel,
    content: { kind: 'message', variants: [{ id: 'A', texts: { en: written } }] },
    audience: { groups: [group] },
    schedule: { kind: 'now' },
    timezone: 'Europe/Budapest',
    quiet: null,
    ...(isAlert && { alert: { reason: 'The river is rising.', times: 0 } }),
  })
  const id = randomUUID()
  const at = Date.now()
  await insertCampaign(sql, { id, definition, by: 'bench', at })
  await startCampaign(sql, { id, by: 'bench', at })
  return id
}

/** When a text reached whom, by `performance.now()`. */
function arrivals({ smsc }: House, wanted: string) {
  const phones = new Map<string, number[]>()
  smsc.onEvent((event) => {
    if (event.type !== 'mt' || event.text !== wanted) return
    const at = phones.get(event.to) ?? []
    at.push(performance.now())
    phones.set(event.to, at)
  })
  return { phones, count: () => phones.size }
}

interface Stop {
  readonly phone: string
  /** When it was written. */
  readonly atMs: number
  readonly confirmedMs: number
  /** Whether the API refused to send them anything after it, on either channel. */
  readonly isRefused: boolean
}

/** People say STOP whose text of the campaign is about to leave. */
async function sayStop(
  { smsc, runtime }: House,
  {
    sent,
    recipients,
    times,
  }: { readonly sent: ReturnType<typeof arrivals>; readonly recipients: number; readonly times: number },
): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let time = 0; time < times; time++) {
    await pause(1_000)
    const phone = phoneOf(Math.min(recipients - 1, sent.count() + AHEAD + time))
    if (sent.phones.has(phone)) continue
    const atMs = performance.now()
    const confirmed = new Promise<number>((resolve) => {
      const stop = smsc.onEvent((event) => {
        if (event.type !== 'mt' || event.to !== phone || event.text === text) return
        stop()
        resolve(performance.now() - atMs)
      })
    })
    void smsc.hears({ from: phone, to: '4040', text: 'STOP' })
    const confirmedMs = await confirmed
    const outcomes: boolean[] = []
    for (const channel of ['4040', 'siren']) {
      const body = JSON.stringify({ channel, to: phone, text: 'You should not see this.' })
      const headers = { 'content-type': 'application/json' }
      const answer = await runtime.api('/api/v1/messages', { method: 'POST', headers, body })
      outcomes.push(!answer.ok)
      await answer.text()
    }
    stops.push({ phone, atMs, confirmedMs, isRefused: outcomes.every(Boolean) })
  }
  return stops
}

async function isOver(sql: Sql, campaign: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from campaign c where c.id = $1::uuid and c.state = 'finished' and not exists (
       select 1 from campaign_recipient r where r.campaign = c.id and r.state in ('planned', 'queued'))`,
    [campaign],
  )
  return rows.length > 0
}

async function markedIn(sql: Sql, campaign: string): Promise<string[]> {
  const rows = await sql.query<{ phone: string }>(
    'select phone from campaign_recipient where campaign = $1::uuid and possible_duplicate',
    [campaign],
  )
  return rows.map(({ phone }) => phone)
}
