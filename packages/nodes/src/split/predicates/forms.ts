import type { RecogniseContext, Recognised } from '../../recognise/context.ts'
import { recogniseDate } from '../../recognise/date.ts'
import { recogniseEmail } from '../../recognise/email.ts'
import { recognisePhone } from '../../recognise/phone.ts'
import { recogniseTime } from '../../recognise/time.ts'
import { about, comparing, type Predicate } from './predicate.ts'
import { textOf } from './value.ts'

/**
 * Predicates on dates, times of day, phone numbers and e-mail addresses: of a text the first one. Both sides of a
 * comparison are read as the contact would write them, so an operand is best written as ISO 8601.
 */
export const formPredicates = {
  'has-date': about('has a date', (left, writer) => recogniseDate(textOf(left), writer) !== undefined),
  'date-before': byReading('date', 'is before the date', recogniseDate, (left, right) => left < right),
  'date-on': byReading('date', 'is on the date', recogniseDate, (left, right) => left === right),
  'date-after': byReading('date', 'is after the date', recogniseDate, (left, right) => left > right),
  'has-time': about('has a time', (left, writer) => recogniseTime(textOf(left), writer) !== undefined),
  'time-before': byReading('time', 'is before the time', recogniseTime, (left, right) => left < right),
  'time-after': byReading('time', 'is after the time', recogniseTime, (left, right) => left > right),
  'has-phone': about('has a phone number', (left, writer) => recognisePhone(textOf(left), writer) !== undefined),
  'has-email': about('has an e-mail address', (left) => recogniseEmail(textOf(left)) !== undefined),
} satisfies { readonly [name: string]: Predicate }

/** ISO 8601 sorts as it counts, so texts are compared. */
function byReading(
  operand: 'date' | 'time',
  label: string,
  read: (text: string, writer: RecogniseContext) => Recognised<string> | undefined,
  compare: (left: string, right: string) => boolean,
): Predicate {
  return comparing(operand, label, (left, right, writer) => {
    const [said, wanted] = [read(textOf(left), writer)?.value, read(right, writer)?.value]
    return said !== undefined && wanted !== undefined && compare(said, wanted)
  })
}
