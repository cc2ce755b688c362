import * as z from 'zod'
import { scheduleFields } from '../calendar/schedule.ts'

/** Data of a wait for business hours. */
export const waitHoursSchema = z.strictObject(scheduleFields)
