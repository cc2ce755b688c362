import type { Json } from '../../json.ts'
import { type DocumentPath, formatPath } from '../path.ts'
import { isRecord } from '../plain-json.ts'
import type { ValueChange } from './changes.ts'

/**
 * What differs between two JSON values, leaf by leaf. Entries of a list that have ids (or names) of their own are held
 * against each other wherever they stand; others by their places. The order of an object's keys says nothing.
 */
export function valueChanges(before: unknown, after: unknown, path: DocumentPath = []): ValueChange[] {
  if (isSame(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path)
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys].flatMap((key) => valueChanges(own(before, key), own(after, key), [...path, key]))
  }
  return [
    {
      path: formatPath(path),
      ...(before !== undefined && { before: before as Json }),
      ...(after !== undefined && { after: after as Json }),
    },
  ]
}

/** Whether two JSON values say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
  }
  if (!isRecord(one) || !isRecord(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  )
}

function listChanges(before: readonly unknown[], after: readonly unknown[], path: DocumentPath): ValueChange[] {
  const [older, newer] = [keyed(before), keyed(after)]
  if (!older || !newer) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, index) => valueChanges(before[index], after[index], [...path, index])).flat()
  }
  const removed = before.flatMap((item, index) =>
    newer.has(keyOf(item)) ? [] : valueChanges(item, undefined, [...path, index]),
  )
  const others = after.flatMap((item, index) => valueChanges(older.get(keyOf(item)), item, [...path, index]))
  const kept = before.map(keyOf).filter((key) => newer.has(key))
  const isReordered = !isSame(
    kept,
    after.map(keyOf).filter((key) => older.has(key)),
  )
  const order: ValueChange[] = isReordered
    ? [{ path: formatPath(path), before: before.map(keyOf), after: after.map(keyOf) }]
    : []
  return [...removed, ...others, ...order]
}

/** Entries by their ids; undefined where one has none, or two have the same. */
function keyed(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const entries = new Map(list.map((item) => [keyOf(item), item]))
  return entries.size === list.length && !entries.has('') ? entries : undefined
}

function keyOf(item: unknown): string {
  if (!isRecord(item)) return ''
  return typeof item.id === 'string' ? item.id : typeof item.name === 'string' ? item.name : ''
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
