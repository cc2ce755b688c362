import { type CompileContext, defineNode, type NodeIssue, type Scope, type StateFragment } from '@textloom/core'
import { zoneFor } from '../calendar/schedule.ts'
import { nodeIssue } from '../issue-codes.ts'
import { inWords } from '../wait/words.ts'
import { distanceOf, momentOf } from './moment.ts'
import { type WaitUntilData, waitUntilSchema } from './schema.ts'

/** Rests until a moment: one on the calendar, or one around a date of the contact. */
export const waitUntil = defineNode({
  type: 'wait-until',
  version: 1,
  family: 'wait',
  title: 'Wait until',
  summary: 'Waits for a date and time, or for a time before or after a date of the contact.',
  icon: 'calendar-time',
  schema: waitUntilSchema,
  waits: 'time',
  handles: ({ kind, whenPast }) => [
    { id: 'next', label: 'Then' },
    ...(whenPast === 'past' ? [{ id: 'past', label: 'Past already' }] : []),
    ...(kind === 'field' ? [{ id: 'missing', label: 'No date' }] : []),
  ],
  compile,
  guards: {
    missing: (scope, wanted: Wanted) => momentIn(scope, wanted) === undefined,
    past: (scope, wanted: Wanted) => (momentIn(scope, wanted) ?? scope.now) < scope.now,
  },
  delays: {
    // Those without a date have left before their delay counts.
    'until-then': (scope, wanted: Wanted) => (momentIn(scope, wanted) ?? scope.now) - scope.now,
  },
  describe: (data) => ({ title: 'Wait until', body: sentence(data) }),
  check,
})

/** The data as a machine holds it, where nothing is undefined. */
type Wanted = { [Key in keyof WaitUntilData]: Exclude<WaitUntilData[Key], undefined> }

function compile(data: WaitUntilData, { exit, guard, delay }: CompileContext): StateFragment {
  const wanted = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Wanted
  return {
    always: [
      ...(data.kind === 'field' ? [exit('missing', { guard: guard('missing', wanted) })] : []),
      exit(data.whenPast, { guard: guard('past', wanted) }),
    ],
    after: { [delay('until-then', wanted)]: [exit('next')] },
  }
}

function momentIn(scope: Scope, wanted: Wanted): number | undefined {
  return momentOf(wanted, scope.context.contact.fields, zoneFor(wanted.zone, scope))
}

function sentence({ kind, at, field = '', side = 'on', offset, time }: WaitUntilData): string {
  if (kind === 'fixed') return at === undefined ? 'No date yet' : at.replace('T', ' ')
  if (field.trim() === '') return 'No contact field yet'
  const distance = side === 'on' || offset === undefined ? 'On' : `${inWords(offset)} ${side}`
  return `${distance} ${field}${time === undefined ? '' : `, at ${time}`}`
}

function check(data: WaitUntilData): readonly NodeIssue[] {
  const { kind, at, field = '', side = 'on', offset, time } = data
  if (kind === 'fixed') {
    return at === undefined ? [nodeIssue('wait-until/no-date', 'at', 'It waits for no date: choose one.')] : []
  }
  return [
    ...(field.trim() === ''
      ? [nodeIssue('wait-until/no-field', 'field', 'It waits for a date of the contact: name the field that holds it.')]
      : []),
    ...(side !== 'on' && offset === undefined
      ? [nodeIssue('wait-until/no-distance', 'offset', `Say how long ${side} the date, or choose "Right then".`)]
      : []),
    ...(time !== undefined && distanceOf(data).restMs !== 0
      ? [
          nodeIssue(
            'wait-until/two-times',
            'time',
            `The hours and minutes are counted from ${time}: use whole days, or take the time of day out.`,
          ),
        ]
      : []),
  ]
}
