import * as z from 'zod'
import type { Sql } from '../db/sql.ts'
import { isHolidayText } from './calendar/local-time.ts'

const prefix = z
  .string()
  .regex(/^\+\d{1,12}$/, 'must be + and digits, such as "+36"')
  .meta({ description: 'The longest that fits a number counts.' })

/** What a segment costs, by the beginning of the number. */
export const pricesSchema = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a currency code such as "EUR"')
    .default('EUR'),
  prices: z
    .array(z.strictObject({ prefix, price: z.number().min(0).max(1_000), name: z.string().max(64).optional() }))
    .max(2_000)
    .default([]),
})

/** Days without texts, by country. */
export const holidaysSchema = z.strictObject({
  days: z
    .array(
      z.strictObject({
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional()
          .meta({ description: 'Of contacts with numbers of this country; absent for all.' }),
        day: z.string().refine(isHolidayText, 'must be a day such as "2026-12-24", or "12-24" for every year'),
        name: z.string().max(64).optional(),
      }),
    )
    .max(2_000)
    .default([]),
})

/** Whom texts may reach, and what a day may cost; for all that leaves, whoever wrote it. */
export const limitsSchema = z.strictObject({
  prefixes: z
    .array(prefix)
    .max(1_000)
    .optional()
    .meta({ description: 'Texts go to numbers that begin so, and no others; absent for all.' }),
  caps: z
    .array(z.strictObject({ prefix, segmentsPerDay: z.int().min(0).max(100_000_000) }))
    .max(1_000)
    .default([])
    .meta({ description: 'At most so many segments a day (UTC) to numbers that begin so.' }),
  keys: z
    .array(z.strictObject({ key: z.uuid(), segmentsPerDay: z.int().min(0).max(100_000_000) }))
    .max(1_000)
    .default([])
    .meta({ description: 'At most so many segments a day (UTC) that an API key asks for; a session counts as one.' }),
})

const schemas = { prices: pricesSchema, holidays: holidaysSchema, limits: limitsSchema } as const

export type RuleName = keyof typeof schemas
export type Rule<Name extends RuleName> = z.infer<(typeof schemas)[Name]>
export type Limits = Rule<'limits'>

/** One of the rules; that of the beginning where nobody set it. */
export async function loadRule<Name extends RuleName>(sql: Sql, name: Name): Promise<Rule<Name>> {
  const [row] = await sql.query<{ value: unknown }>('select value from campaign_rule where name = $1::text', [name])
  return schemas[name].parse(row?.value ?? {}) as Rule<Name>
}

/** Sets one of the rules as a whole. */
export async function saveRule<Name extends RuleName>(
  tx: Sql,
  name: Name,
  value: Rule<Name>,
  { by, at }: { readonly by: string; readonly at: number },
): Promise<void> {
  await tx.query(
    `insert into campaign_rule (name, value, updated_at, updated_by) values ($1::text, $2::text::json, $3::timestamptz, $4::text)
     on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [name, JSON.stringify(value), new Date(at), by],
  )
}

/** The entry whose prefix is the longest beginning of a number. */
export function longestPrefix<Entry extends { readonly prefix: string }>(
  entries: readonly Entry[],
): (phone: string) => Entry | undefined {
  const byPrefix = new Map(entries.map((entry) => [entry.prefix, entry]))
  return (phone) => {
    for (let length = Math.min(phone.length, 13); length > 1; length -= 1) {
      const found = byPrefix.get(phone.slice(0, length))
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** Whether texts may go to a number. Short codes are within the network, and may be reached always. */
export function mayReach({ prefixes }: Limits): (phone: string) => boolean {
  if (prefixes === undefined) return () => true
  const allowed = longestPrefix(prefixes.map((one) => ({ prefix: one })))
  return (phone) => !phone.startsWith('+') || allowed(phone) !== undefined
}

/** The days without texts for a country, as the quiet rules take them. */
export function holidaysFor({ days }: Rule<'holidays'>): (country: string | undefined) => readonly string[] {
  const known = new Map<string | undefined, readonly string[]>()
  return (country) => {
    const found =
      known.get(country) ??
      days.flatMap((one) => (one.country === undefined || one.country === country ? [one.day] : []))
    known.set(country, found)
    return found
  }
}
