import * as z from 'zod'
import { whenBusySchema } from '../when-busy.ts'

/** Any text fits, so that another policy takes every reply away from the conversations that run. */
export const usualWhenBusy = 'skip'

/** Data of a catch-all start. */
export const catchAllSchema = z.strictObject({ whenBusy: whenBusySchema(usualWhenBusy) })

export type CatchAllData = z.infer<typeof catchAllSchema>
