import * as z from 'zod'
import { whenBusySchema } from '../when-busy.ts'

/** Who is new and already in a conversation was greeted by that one. */
export const usualWhenBusy = 'skip'

/** Data of a start by a new contact. */
export const newContactSchema = z.strictObject({ whenBusy: whenBusySchema(usualWhenBusy) })
