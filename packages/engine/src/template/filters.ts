import { dataFilters } from './filters/data.ts'
import { dateFilters } from './filters/dates.ts'
import type { FilterGroup, TemplateFilter } from './filters/filter.ts'
import { listFilters } from './filters/lists.ts'
import { numberFilters } from './filters/numbers.ts'
import { textFilters } from './filters/texts.ts'

/** Every filter there is, as the reference groups them. No other name is known: what a text can do is this list. */
export const filterGroups: { readonly [group: string]: FilterGroup } = {
  Dates: dateFilters,
  Numbers: numberFilters,
  Texts: textFilters,
  Lists: listFilters,
  Data: dataFilters,
}

/** Every filter by its name. */
export const templateFilters: ReadonlyMap<string, TemplateFilter> = new Map(
  Object.values(filterGroups).flatMap((group) => Object.entries(group)),
)
