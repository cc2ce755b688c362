import { failover } from './bars/failover.ts'
import { killRuntime } from './bars/r01-kill.ts'
import { killEmbedded } from './bars/r02-embedded.ts'
import { databaseRestarts } from './bars/r03-database-restarts.ts'
import { databaseMisbehaves } from './bars/r04-database-faults.ts'
import { fullDisk } from './bars/r05-full-disk.ts'
import { backlog } from './bars/r06-backlog.ts'
import { disconnects } from './bars/r07-link-breaks.ts'
import { halfOpen } from './bars/r08-half-open.ts'
import { throttling } from './bars/r09-throttling.ts'
import { oddAnswers } from './bars/r10-odd-answers.ts'
import { duplicates } from './bars/r11-duplicates.ts'
import { multiPart } from './bars/r12-multi-part.ts'
import { clockJumps } from './bars/r13-clock-jumps.ts'
import { overdueTimers } from './bars/r15-timers.ts'
import { poison } from './bars/r16-poison.ts'
import { slowService } from './bars/r17-slow-service.ts'
import { failingWebhook } from './bars/r18-failing-webhook.ts'
import { runaway } from './bars/r19-runaway.ts'
import { replyLoop } from './bars/r20-reply-loops.ts'
import { hugeFlow } from './bars/r21-huge-flow.ts'
import { waitingSessions } from './bars/r22-waiting-sessions.ts'
import { flood } from './bars/r23-flood.ts'
import { stopsUnderLoad } from './bars/r24-graceful-stops.ts'
import { flowChange } from './bars/r25-flow-change.ts'
import { upgrade } from './bars/r26-upgrade.ts'
import { backupUnderLoad } from './bars/r27-backup.ts'
import { stoppedOwner } from './bars/r28-stopped-owner.ts'
import { modemTroubles } from './bars/r29-modem.ts'
import type { Omitted, Scenario } from './scenario.ts'

const scenarios: readonly Scenario[] = [
  killRuntime,
  killEmbedded,
  databaseRestarts,
  databaseMisbehaves,
  fullDisk,
  backlog,
  disconnects,
  halfOpen,
  throttling,
  oddAnswers,
  duplicates,
  multiPart,
  clockJumps,
  overdueTimers,
  poison,
  slowService,
  failingWebhook,
  runaway,
  replyLoop,
  hugeFlow,
  waitingSessions,
  flood,
  stopsUnderLoad,
  flowChange,
  upgrade,
  backupUnderLoad,
  stoppedOwner,
  modemTroubles,
]

const omitted: readonly Omitted[] = [
  {
    bar: 'R14',
    title: 'the calendar',
    skipped: 'is tables of dates: npm test -- apps/runtime/src/campaigns/calendar packages/core',
  },
]

/** Every bar from R1 to R29 once, in order, and what is shown beside them. */
export const bars: readonly (Scenario | Omitted)[] = [
  ...[...scenarios, ...omitted].toSorted((one, other) => numberOf(one.bar) - numberOf(other.bar)),
  failover,
]

/** What `--smoke` runs, and CI at its end: a few minutes of kills, restarts, duplicates, poison and stops. */
export const smokeBars: readonly string[] = ['R1', 'R3', 'R11', 'R12', 'R16', 'R19', 'R24']

function numberOf(bar: string): number {
  return Number(bar.slice(1))
}
