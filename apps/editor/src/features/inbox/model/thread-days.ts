import { dayName } from '../../../shared/words/moment.ts'

/** Puts the things of a thread under their days. */
export function threadDays<T extends { readonly at: string }>(
  items: readonly T[],
): readonly { readonly day: string; readonly items: readonly T[] }[] {
  return [...Map.groupBy(items, ({ at }) => dayName(Date.parse(at)))].map(([day, of]) => ({ day, items: of }))
}
