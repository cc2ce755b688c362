import type { Json, JsonObject } from '@textloom/core'
import type { FlowDraft } from './draft.ts'
import { putTexts } from './translations.ts'

/**
 * Translations stand at the number of their row (`menu.options[0].label`). Where rows of a node were moved or taken out,
 * this lets their translations go with them. Rows are known by their ids.
 */
export function moveRowTranslations(draft: FlowDraft, node: string, before: JsonObject, after: JsonObject): void {
  const lists = new Map(movedLists(before, after, ''))
  if (lists.size === 0) return
  for (const [language, texts] of Object.entries(draft.translations ?? {})) {
    const moved = Object.entries(texts).flatMap(([key, text]) => {
      const place = placeAfter(key, node, lists)
      return place === undefined ? [] : [[place, text] as const]
    })
    const isSame = moved.length === Object.keys(texts).length && moved.every(([place, text]) => texts[place] === text)
    if (!isSame) putTexts(draft, language, Object.fromEntries(moved))
  }
}

/** Where each row of a list stands now, by where it stood; undefined for one that is gone. */
type NewPlaces = readonly (number | undefined)[]

/** The lists whose rows moved, by their paths within the data. */
function* movedLists(before: Json | undefined, after: Json | undefined, path: string): Generator<[string, NewPlaces]> {
  if (before === after || !isHolder(before) || !isHolder(after)) return
  if (Array.isArray(before)) {
    const [ids, newIds] = [idsOf(before), Array.isArray(after) ? idsOf(after) : undefined]
    if (ids === undefined || newIds === undefined) return
    const places = ids.map((id, index) => {
      if (newIds.includes(id)) return newIds.indexOf(id)
      // A new id in the same place is the same row under another name.
      const inPlace = newIds[index]
      return inPlace !== undefined && !ids.includes(inPlace) ? index : undefined
    })
    if (places.some((place, index) => place !== index)) yield [path, places]
    return
  }
  for (const [key, value] of Object.entries(before)) {
    yield* movedLists(value, (after as JsonObject)[key], path === '' ? key : `${path}.${key}`)
  }
}

/** The ids of rows; undefined for a list of something else. */
function idsOf(rows: readonly Json[]): readonly string[] | undefined {
  const ids = rows.map((row) => (isHolder(row) && !Array.isArray(row) ? (row as JsonObject).id : undefined))
  return ids.every((id) => typeof id === 'string') ? ids : undefined
}

function isHolder(value: Json | undefined): value is JsonObject | readonly Json[] {
  return typeof value === 'object' && value !== null
}

/** Where the translation at `key` belongs now; undefined when its row is gone. */
function placeAfter(key: string, node: string, lists: ReadonlyMap<string, NewPlaces>): string | undefined {
  if (!key.startsWith(`${node}.`)) return key
  const [, list = '', index, rest = ''] = /^([^[]*)\[(\d+)\](.*)$/s.exec(key.slice(node.length + 1)) ?? []
  const places = lists.get(list)
  if (index === undefined || places === undefined) return key
  const place = places[Number(index)]
  return place === undefined ? undefined : `${node}.${list}[${place}]${rest}`
}
