import { ContactQueryError } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import type { Feed } from '../host/feed.ts'
import { type Loop, startLoop } from '../host/loop.ts'
import type { Holding, Ownership } from '../host/ownership.ts'
import {
  type CampaignRow,
  findCampaign,
  pauseForTrouble,
  runningCampaigns,
  setState,
  unsettledCampaigns,
} from './campaigns.ts'
import { isPlanned, type PlanDeps, planCampaign, type Rules } from './plan.ts'
import { countedProgress } from './progress.ts'
import { cancelPlanned, nextDue, takeBackQueued } from './recipients.ts'
import { type Place, refreshResults } from './results.ts'
import { loadRule } from './rules.ts'
import { type SendDeps, sendDue } from './send.ts'
import { planSilent } from './silent.ts'

export interface CampaignsDeps extends PlanDeps, SendDeps {
  readonly ownership: Pick<Ownership, 'want'>
  readonly feed: Pick<Feed, 'campaign'>
  failed(error: Error): void
}

/** Runs campaigns; of several processes one does. */
export interface Campaigns {
  /** Something is to be done now: one was launched, resumed or paused. */
  wake(): void
  stop(): Promise<void>
}

const IDLE_MS = 1_000
const BUSY_MS = 100
const PLAN_BUDGET_MS = 200
const SEND_BATCH = 500
const REFRESH_PAGE = 2_000
/** Looking what became of texts takes a tenth of the time at most. */
const REFRESH_SHARE = 9
const REFRESH_LEAST_MS = 500
const PUBLISH_MS = 1_000

export function startCampaigns(deps: CampaignsDeps): Campaigns {
  const { sql, clock, ownership, feed, failed } = deps
  let holding: Holding | undefined
  const pace = paces()
  const progress = countedProgress(sql)

  ownership.want('campaigns', {
    taken(taken) {
      holding = taken
      sender.wake()
    },
    lost() {
      holding = undefined
    },
  })
  const isOurs = () => holding?.isSafe() ?? false

  const sender: Loop = startLoop(async () => {
    if (!isOurs()) return IDLE_MS
    const running = await runningCampaigns(sql)
    if (running.length === 0) return IDLE_MS
    const rules = await loadRules(sql)
    let sleepMs = IDLE_MS
    for (const row of running) {
      try {
        sleepMs = Math.min(sleepMs, await runOne(row, rules))
      } catch (error) {
        if (!(error instanceof ContactQueryError)) throw error
        // Whoever it is for cannot be found any more; the others go on.
        await pauseForTrouble(sql, { id: row.id, trouble: error.message, at: clock.now() })
      }
    }
    return sleepMs
  }, failed)

  async function runOne(row: CampaignRow, rules: Rules): Promise<number> {
    const isAlert = row.definition.alert !== undefined
    if (isAlert) await planSilent(row, deps)
    const hasMore = await planCampaign(row, deps, { rules, budgetMs: PLAN_BUDGET_MS })
    const { perMinute } = row.definition
    const most = Math.min(isAlert ? 5_000 : SEND_BATCH, pace.allowed(row.id, perMinute))
    const sent = await sendDue(row, deps, { rules, most })
    pace.took(row.id, sent, perMinute)
    if (sent > 0) await followState(row.id)
    if (hasMore || sent >= SEND_BATCH) return 0
    if (sent > 0) return BUSY_MS
    return (await restOf(row, isAlert)) ?? IDLE_MS
  }

  /** Whoever paused or cancelled it meanwhile did not see what this pass handed in. */
  async function followState(id: string): Promise<void> {
    const state = (await findCampaign(sql, id))?.state
    if (state === 'paused' || state === 'cancelled') await takeBackQueued(sql, id)
    if (state === 'cancelled') await cancelPlanned(sql, id)
  }

  /** How long nothing is to do; ends what is through. */
  async function restOf(row: CampaignRow, isAlert: boolean): Promise<number | undefined> {
    const next = await nextDue(sql, row.id)
    if (next !== undefined) return Math.min(IDLE_MS, Math.max(BUSY_MS, next - clock.now()))
    if (!(await isPlanned(row, deps))) return undefined
    if (isAlert && !(await planSilent(row, deps, 'is-over'))) return undefined
    const at = clock.now()
    await setState(sql, { id: row.id, from: ['running'], to: 'finished', at })
    await publish(row.id)
    return undefined
  }

  const places = new Map<string, Place>()
  const publishedAtMs = new Map<string, number>()
  const refresher = startLoop(async () => {
    if (!isOurs()) return IDLE_MS
    const beganMs = performance.now()
    const unsettled = await unsettledCampaigns(sql)
    for (const id of unsettled) {
      const { changed, next } = await refreshResults(sql, id, {
        after: places.get(id) ?? null,
        limit: REFRESH_PAGE,
        now: clock.now(),
      })
      if (next === null) places.delete(id)
      else places.set(id, next)
      if (changed > 0) await publish(id)
    }
    return Math.max(unsettled.length === 0 ? IDLE_MS : REFRESH_LEAST_MS, (performance.now() - beganMs) * REFRESH_SHARE)
  }, failed)

  async function publish(id: string): Promise<void> {
    const nowMs = performance.now()
    if (nowMs - (publishedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) < PUBLISH_MS) return
    publishedAtMs.set(id, nowMs)
    feed.campaign(id, await progress(id), clock.now())
  }

  return {
    wake: () => sender.wake(),
    async stop() {
      await Promise.all([sender.stop(), refresher.stop()])
    },
  }
}

export async function loadRules(sql: Sql): Promise<Rules> {
  const [holidays, limits] = await Promise.all([loadRule(sql, 'holidays'), loadRule(sql, 'limits')])
  return { holidays, limits }
}

/** Stops a campaign, and takes back what has not left; false where it does not run. */
export async function pauseCampaign(sql: Sql, id: string, at: number): Promise<boolean> {
  const isPaused = await setState(sql, { id, from: ['running'], to: 'paused', at })
  if (isPaused) await takeBackQueued(sql, id)
  return isPaused
}

/** Ends a campaign before its time, and takes back what has not left; false where it is over or never began. */
export async function cancelCampaign(sql: Sql, id: string, at: number): Promise<boolean> {
  const isCancelled = await setState(sql, { id, from: ['running', 'paused', 'requested'], to: 'cancelled', at })
  if (!isCancelled) return false
  await takeBackQueued(sql, id)
  await cancelPlanned(sql, id)
  return true
}

/** How many recipients a minute, kept within each second. */
function paces() {
  const left = new Map<string, { count: number; atMs: number }>()
  const refilled = (id: string, perMinute: number) => {
    const nowMs = performance.now()
    const { count, atMs } = left.get(id) ?? { count: 1, atMs: nowMs }
    const most = Math.max(1, perMinute / 60)
    return { count: Math.min(most, count + ((nowMs - atMs) * perMinute) / 60_000), atMs: nowMs }
  }
  return {
    allowed(id: string, perMinute: number | undefined): number {
      if (perMinute === undefined) return Number.MAX_SAFE_INTEGER
      const now = refilled(id, perMinute)
      left.set(id, now)
      return Math.floor(now.count)
    },
    took(id: string, count: number, perMinute: number | undefined): void {
      const now = left.get(id)
      if (perMinute !== undefined && now !== undefined) now.count -= count
    },
  }
}
