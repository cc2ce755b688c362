import { defineNode, type Scope } from '@textloom/core'
import { hoursInWords } from '../calendar/hours-words.ts'
import { isOpenAt } from '../calendar/opening-hours.ts'
import { type ScheduleParams, scheduleIssues, scheduleParams, zoneFor } from '../calendar/schedule.ts'
import { splitHoursSchema } from './schema.ts'

/** Leaves by `open` during opening hours and by `closed` outside them. */
export const splitHours = defineNode({
  type: 'split-hours',
  version: 1,
  family: 'decide',
  title: 'Open or closed',
  summary: 'Goes one way during your opening hours and another outside them.',
  icon: 'clock-hour-4',
  schema: splitHoursSchema,
  waits: null,
  handles: () => [
    { id: 'open', label: 'Open' },
    { id: 'closed', label: 'Closed' },
  ],
  compile: (schedule, { exit, guard }) => ({
    always: [exit('open', { guard: guard('open', scheduleParams(schedule)) }), exit('closed')],
  }),
  guards: {
    open: (scope: Scope, schedule: ScheduleParams) => isOpenAt(schedule, scope.now, zoneFor(schedule.zone, scope)),
  },
  describe: ({ hours }) => ({ title: 'Open or closed', body: hoursInWords(hours) || 'No hours yet' }),
  check: scheduleIssues,
})
