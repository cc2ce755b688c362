import * as z from 'zod'

/** Data of a catch-all start: there is nothing to set. */
export const catchAllSchema = z.strictObject({})
