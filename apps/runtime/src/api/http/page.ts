import * as z from 'zod'
import { Problem } from './problem.ts'

const MOST = 200

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST)
    .default(50)
    .meta({ description: `How many at most, up to ${MOST}.` }),
  cursor: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'must be the nextCursor of the page before')
    .optional()
    .meta({ description: '`nextCursor` of the page before.' }),
}

/** A page of anything. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'For the next page; null after the last one.' }),
  })
}

/** Cuts what was read with a limit of one more than asked for. */
export function pageFrom<Item>(
  found: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => string,
): { items: Item[]; nextCursor: string | null } {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: found.length > limit && last !== undefined ? cursorOf(last) : null }
}

/** A cursor of a list in the order of ids that are UUIDs. @throws Problem when it is none */
export function idCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || z.uuid().safeParse(cursor).success) return cursor
  throw noCursor()
}

/** A cursor of a list in the order of numbers. @throws Problem when it is none */
export function numberCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw noCursor()
}

function noCursor(): Problem {
  const message = 'cursor must be the nextCursor of the page before.'
  return new Problem('request/invalid', message, { issues: [{ in: 'query', path: 'cursor', message }] })
}
