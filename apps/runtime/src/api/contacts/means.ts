import { ContactQueryError } from '@textloom/core'
import type { Context } from 'hono'
import type { Sql } from '../../db/sql.ts'
import { canonicalAddress } from '../../host/numbers.ts'
import { erasedHashBy, type PeopleMeans } from '../../people/actor.ts'
import { loadPeopleCatalogue } from '../../people/catalogue.ts'
import type { QueryScope } from '../../people/query-sql.ts'
import type { ApiEnv } from '../http/env.ts'
import { Problem } from '../http/problem.ts'
import type { ApiServices, ApiSettings } from '../services.ts'

export function meansOf({ clock, ids, box }: Pick<ApiServices, 'clock' | 'ids' | 'box'>): PeopleMeans {
  return { now: clock.now(), newId: ids.next, hashOf: erasedHashBy(box) }
}

/** Who asks, as histories name them. */
export function actorOf(c: Context<ApiEnv>): { actor: string; actorName: string } {
  const { id, label } = c.get('principal')
  return { actor: id, actorName: label }
}

/** The canonical phone of a spelling. @throws Problem where it is none */
export function phoneOf(spelling: string, { defaultCountry }: Pick<ApiSettings, 'defaultCountry'>): string {
  const phone = canonicalAddress(spelling, defaultCountry)
  // ITU-T E.164 §6: at most 15 digits; short codes have 3 to 8.
  if (/^\+\d{5,15}$/.test(phone) || /^\d{3,8}$/.test(phone)) return phone
  const why = /^\d+$/.test(phone)
    ? 'is a national number, and no TEXTLOOM_DEFAULT_COUNTRY says of where: write it with + and the country code'
    : 'is not a phone number: write + and digits, or a short code of 3 to 8 digits'
  throw new Problem('contacts/bad-phone', `"${spelling}" ${why}.`)
}

/** What queries are asked against now. */
export async function scopeOf(
  sql: Sql,
  { clock }: Pick<ApiServices, 'clock'>,
  { defaultCountry }: Pick<ApiSettings, 'defaultCountry'>,
): Promise<QueryScope> {
  return { ...(await loadPeopleCatalogue(sql)), now: clock.now(), country: defaultCountry }
}

/** Runs what may find a query unreadable. @throws Problem that names the column */
export async function askedOf<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ContactQueryError)) throw error
    throw new Problem('contacts/bad-query', error.message, { column: error.column })
  }
}
