import * as z from 'zod'
import { scheduleFields } from '../calendar/schedule.ts'

/** Data of a split by opening hours. */
export const splitHoursSchema = z.strictObject(scheduleFields)
