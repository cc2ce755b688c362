import { killRuntime } from './bars/r01-kill.ts'
import { killEmbedded } from './bars/r02-embedded.ts'
import { databaseRestarts } from './bars/r03-database-restarts.ts'
import { databaseMisbehaves } from './bars/r04-database-faults.ts'
import { backlog } from './bars/r06-backlog.ts'
import { disconnects } from './bars/r07-link-breaks.ts'
import { halfOpen } from './bars/r08-half-open.ts'
import { duplicates } from './bars/r11-duplicates.ts'
import { multiPart } from './bars/r12-multi-part.ts'
import { overdueTimers } from './bars/r15-timers.ts'
import { poison } from './bars/r16-poison.ts'
import { slowService } from './bars/r17-slow-service.ts'
import { runaway } from './bars/r19-runaway.ts'
import { flood } from './bars/r23-flood.ts'
import { stopsUnderLoad } from './bars/r24-graceful-stops.ts'
import { stoppedOwner } from './bars/r28-stopped-owner.ts'
import type { Omitted, Scenario } from './scenario.ts'

const scenarios: readonly Scenario[] = [
  killRuntime,
  killEmbedded,
  databaseRestarts,
  databaseMisbehaves,
  backlog,
  disconnects,
  halfOpen,
  duplicates,
  multiPart,
  overdueTimers,
  poison,
  slowService,
  runaway,
  flood,
  stopsUnderLoad,
  stoppedOwner,
]

const omitted: readonly Omitted[] = [
  { bar: 'R5', title: 'a full disk', skipped: 'needs the right to mount a file system of a limited size' },
  {
    bar: 'R9',
    title: 'throttling',
    skipped: 'waits for a pretend SMSC that counts; see apps/runtime/src/host/pace.test.ts',
  },
  { bar: 'R10', title: 'odd answers of an SMSC', skipped: 'waits for a scenario; see packages/transports/src/smpp' },
  {
    bar: 'R13',
    title: 'jumps of the clock',
    skipped: 'needs libfaketime: the clock of the runtime has no offset to set',
  },
  { bar: 'R14', title: 'the calendar', skipped: 'waits for starts that recur, and for quiet hours' },
  { bar: 'R18', title: 'webhooks that fail', skipped: 'waits for outgoing webhooks' },
  { bar: 'R20', title: 'replies that answer each other', skipped: 'waits for the limit on equal replies' },
  { bar: 'R21', title: 'a huge flow', skipped: 'is measured by npm run bench -- flow-sizes' },
  {
    bar: 'R22',
    title: '1,000,000 waiting sessions',
    skipped: 'waits for a benchmark, which it is rather than a fault',
  },
  { bar: 'R25', title: 'a flow that changes under sessions', skipped: 'waits for written migrations of sessions' },
  { bar: 'R26', title: 'an upgrade while it runs', skipped: 'waits for a previous release' },
  { bar: 'R27', title: 'backup and restore', skipped: 'waits for a scenario; see apps/runtime/src/cli/backup.test.ts' },
  { bar: 'R29', title: 'a modem that misbehaves', skipped: 'waits for a scenario; see packages/transports/src/serial' },
]

/** Every bar from R1 to R29 once, in order. */
export const bars: readonly (Scenario | Omitted)[] = [...scenarios, ...omitted].toSorted(
  (one, other) => numberOf(one.bar) - numberOf(other.bar),
)

/** What `--smoke` runs, and CI at its end: a few minutes of kills, restarts, duplicates, poison and stops. */
export const smokeBars: readonly string[] = ['R1', 'R3', 'R11', 'R12', 'R16', 'R19', 'R24']

function numberOf(bar: string): number {
  return Number(bar.slice(1))
}
