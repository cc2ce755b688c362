import * as z from 'zod'
import { whenBusySchema } from '../when-busy.ts'

/** Whoever asked is told that the contact is busy and can ask again, which is better than a text that comes out of place. */
export const usualWhenBusy = 'skip'

/** Data of a start by the API. */
export const apiStartSchema = z.strictObject({ whenBusy: whenBusySchema(usualWhenBusy) })
