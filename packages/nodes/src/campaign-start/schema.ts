import * as z from 'zod'
import { whenBusySchema } from '../when-busy.ts'

/** A campaign counts whom it did not reach; its text would be stale, and out of place, after another conversation. */
export const usualWhenBusy = 'skip'

/** Data of a start by a campaign. */
export const campaignStartSchema = z.strictObject({ whenBusy: whenBusySchema(usualWhenBusy) })
