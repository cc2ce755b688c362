import type { Clock } from '@textloom/core'
import { doneAsking, lateMts } from '../db/hot/late-questions.ts'
import type { Sql } from '../db/sql.ts'
import type { Log } from '../host/log.ts'
import { type Loop, startLoop } from '../host/loop.ts'
import type { FollowUp } from '../host/services/follow-up.ts'
import { Refusal } from '../host/services/refusal.ts'
import type { LinkSupervisor } from './supervisor.ts'

export interface LateQuestionsDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly links: Pick<LinkSupervisor, 'statuses' | 'link'>
  readonly followUp: Pick<FollowUp, 'queryMessage'>
  readonly log: Log
  failed(error: Error): void
}

const CHECK_MS = 30_000
const MOST_AT_ONCE = 50
const AGAIN_MS = 600_000
/** Networks keep what was delivered for some days at most. */
const OLD_MS = 3 * 86_400_000

/**
 * Asks the networks of this process's links for receipts that never came, of links that are set so (`asksLate`): one pass.
 * True if there may be more to ask.
 */
export async function askLate({
  sql,
  clock,
  links,
  followUp,
  log,
}: Omit<LateQuestionsDeps, 'failed'>): Promise<boolean> {
  async function askBy(link: string): Promise<boolean> {
    const now = clock.now()
    const request = { link, now, limit: MOST_AT_ONCE, againAt: now + AGAIN_MS, oldAt: now - OLD_MS }
    const late = await lateMts(sql, request)
    const done: string[] = []
    for (const { id, state, isOld } of late) {
      const isOpen = (state === 'sent' || state === 'unknown') && !isOld
      if (!isOpen || (await isAnswered(id))) done.push(id)
    }
    await doneAsking(sql, done)
    return late.length === MOST_AT_ONCE
  }

  /** False where the link could not ask now. */
  async function isAnswered(id: string): Promise<boolean> {
    try {
      await followUp.queryMessage(id)
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      log('debug', `Nobody says what has become of a message: ${error.message}`, { message: id, code: error.code })
      return error.code !== 'link-away'
    }
  }

  let hasMore = false
  for (const [id, { state }] of links.statuses()) {
    if (state !== 'bound' || links.link(id)?.query === undefined) continue
    hasMore = (await askBy(id)) || hasMore
  }
  return hasMore
}

/** Asks for as long as the process lives. */
export function startLateQuestions({ failed, ...deps }: LateQuestionsDeps): Loop {
  return startLoop(async () => ((await askLate(deps)) ? 0 : CHECK_MS), failed)
}
