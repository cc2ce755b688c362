import { durationSchema } from '@textloom/core'
import * as z from 'zod'

const moSchema = z.strictObject({ from: z.string(), to: z.string(), text: z.string() })

/** What an MT must be; what is left out may be anything. */
const mtSchema = z.strictObject({
  to: z.string().optional(),
  from: z.string().optional(),
  text: z.string().optional(),
  /** A regular expression for the text. */
  matches: z.string().refine(isPattern, 'must be a regular expression').optional(),
})

const handsetsSchema = z.strictObject({
  count: z.int().min(1).max(100_000),
  /** The number of the first handset; the others count on from it. */
  from: z.string().regex(/\d+$/, 'must end in digits'),
  to: z.string(),
  /** What each of them says, in this order. */
  say: z.array(z.string()).min(1),
  /** How often they say all of it. Default 1. */
  repeat: z.int().min(1).default(1),
  /** Whether each waits for an MT before it says the next. Default true. */
  reply: z.boolean().default(true),
  /** How long it waits for one at most. Default PT10S. */
  within: durationSchema.default('PT10S'),
  /** The pause before each text. Default none. */
  every: durationSchema.default('PT0S'),
  /** Go on with the script while they talk. Default false. */
  background: z.boolean().default(false),
})

const receiptStates = ['enroute', 'delivered', 'expired', 'deleted', 'undeliverable', 'accepted', 'unknown', 'rejected']

/** One line of a script for a pretend SMSC (docs/guides/smsc.md), whose faults are those of its protocol. */
export function stepSchemaWith<F extends z.ZodType>(faultSchema: F) {
  return z.union([
    z.strictObject({ mo: moSchema }),
    z.strictObject({ wait: z.union([z.enum(['bound', 'acknowledged']), durationSchema]) }),
    z.strictObject({ at: durationSchema }),
    z.strictObject({ expect: z.strictObject({ mt: mtSchema }), within: durationSchema.default('PT10S') }),
    z.strictObject({ silence: durationSchema, to: z.string().optional() }),
    z.strictObject({ fault: faultSchema }),
    z.strictObject({ drop: z.literal(true) }),
    z.strictObject({ dlr: z.union([z.enum(receiptStates), z.null()]), after: durationSchema.default('PT0S') }),
    z.strictObject({ handsets: handsetsSchema }),
    z.strictObject({ exit: z.int().min(0).max(255) }),
  ])
}

/** A step with its defaults filled in; `fault` is what the protocol's schema makes of it. */
export type Step = z.output<ReturnType<typeof stepSchemaWith<z.ZodType<unknown>>>>
export type ExpectedMt = z.output<typeof mtSchema>
export type Handsets = z.output<typeof handsetsSchema>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}
