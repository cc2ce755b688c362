import { defineNode, type Scope } from '@textloom/core'
import { hoursInWords } from '../calendar/hours-words.ts'
import { isOpenAt, nextOpeningAt } from '../calendar/opening-hours.ts'
import { type ScheduleParams, scheduleIssues, scheduleParams, zoneFor } from '../calendar/schedule.ts'
import { waitHoursSchema } from './schema.ts'

/** Goes on at once while it is open, else when it opens next. */
export const waitHours = defineNode({
  type: 'wait-hours',
  version: 1,
  family: 'wait',
  title: 'Wait for opening hours',
  summary: 'Goes on at once while you are open, else when you open next.',
  icon: 'clock-pause',
  schema: waitHoursSchema,
  waits: 'time',
  handles: () => [{ id: 'next', label: 'Open' }],
  compile: (schedule, { exit, guard, delay }) => {
    const params = scheduleParams(schedule)
    return {
      always: [exit('next', { guard: guard('open', params) })],
      after: { [delay('until-open', params)]: [exit('next')] },
    }
  },
  guards: {
    open: (scope: Scope, schedule: ScheduleParams) => isOpenAt(schedule, scope.now, zoneFor(schedule.zone, scope)),
  },
  delays: { 'until-open': untilOpen },
  describe: ({ hours }) => ({ title: 'Wait for opening hours', body: hoursInWords(hours) || 'No hours yet' }),
  check: scheduleIssues,
})

function untilOpen(scope: Scope, schedule: ScheduleParams): number {
  const opening = nextOpeningAt(schedule, scope.now, zoneFor(schedule.zone, scope))
  if (opening === undefined) throw new Error('It does not open within ten years: correct the hours and closed days.')
  return opening - scope.now
}
