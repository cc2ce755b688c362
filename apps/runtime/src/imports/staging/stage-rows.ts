import { withoutGuard } from '../../exports/csv-cell.ts'
import type { FieldDefinition } from '../../people/fields.ts'
import type { NumberedRow } from '../reading/sheet-rows.ts'
import type { FlatDraft, ImportRules, Mapping } from '../rules.ts'
import { groupsReader, type KnownGroup } from './read-groups.ts'
import { readLanguage } from './read-language.ts'
import { readPhone } from './read-phone.ts'
import { readCell } from './read-value.ts'
import { readZone } from './read-zone.ts'

/** Why a row becomes no contact; the sentence beside it says more. */
export type RowProblem = 'phone' | 'language' | 'timezone' | 'groups' | `field:${string}`

/** A row as a contact: what is to be known of a phone, or why nothing is. */
export type StagedRow = { readonly n: number } & (
  | {
      readonly phone: string
      readonly isShort: boolean
      readonly draft: FlatDraft
      /** Of a short code, which may still be refused. */
      readonly cells?: readonly string[]
    }
  | { readonly problem: RowProblem; readonly detail: string; readonly cells: readonly string[] }
)

/** What rows are read by. */
export interface StagingPlan {
  readonly mapping: Mapping
  readonly rules: ImportRules
  readonly fields: readonly FieldDefinition[]
  readonly groups: readonly KnownGroup[]
}

/** Reads rows as contacts, by their mapping and the rules. */
export interface Stager {
  stage(row: NumberedRow): StagedRow
  /** Groups that rows named and that are to be made. */
  missingGroups(): readonly { readonly id: string; readonly title: string }[]
}

const NAME_MOST = 200

export function stager({ mapping, rules, fields, groups }: StagingPlan): Stager {
  const known = groupsReader(groups, rules.makeGroups)
  const fieldOf = new Map(fields.map((field) => [field.key, field]))
  const joined: FlatDraft = Object.fromEntries(rules.groups.map((id) => [`group:${id}`, true]))

  function draftOf(cells: readonly string[]): FlatDraft | Refused {
    const draft = new Map<string, FlatDraft[string]>(Object.entries(joined))
    const names: string[] = []
    for (const [column, target] of mapping.entries()) {
      const cell = withoutGuard(cells[column] ?? '')
      if (target === null || target === 'phone') continue
      if (target === 'name') {
        if (cell !== '') names.push(cell)
        continue
      }
      if (cell === '') {
        if (rules.empty === 'clear' && target !== 'groups') draft.set(target, null)
        continue
      }
      const read = readTarget(target, cell)
      if ('problem' in read) return { problem: target as RowProblem, detail: read.problem }
      for (const [what, value] of read.values) draft.set(what, value)
    }
    if (names.length > 0) draft.set('name', names.join(' ').slice(0, NAME_MOST))
    else if (rules.empty === 'clear' && mapping.includes('name')) draft.set('name', null)
    return Object.fromEntries(draft)
  }

  type Values = readonly (readonly [string, FlatDraft[string]])[]
  function readTarget(target: string, cell: string): { readonly values: Values } | { readonly problem: string } {
    switch (target) {
      case 'language': {
        const tag = readLanguage(cell)
        if (tag === undefined) return { problem: `"${cell}" is no language: write en or English, say.` }
        return { values: [['language', tag]] }
      }
      case 'timezone': {
        const zone = readZone(cell)
        if (zone === undefined) return { problem: `"${cell}" is no time zone: write Europe/Budapest, say.` }
        return { values: [['timezone', zone]] }
      }
      case 'groups': {
        const read = known.read(cell)
        return 'problem' in read ? read : { values: read.ids.map((id) => [`group:${id}`, true] as const) }
      }
      default: {
        const field = fieldOf.get(target.slice('field:'.length))
        if (field === undefined) return { values: [] }
        const read = readCell(field, cell, rules)
        return 'problem' in read ? read : { values: [[target, read.value as FlatDraft[string]]] }
      }
    }
  }

  const phoneColumn = mapping.indexOf('phone')
  return {
    stage({ n, cells }) {
      const read = readPhone(withoutGuard(cells[phoneColumn] ?? ''), rules.country)
      if ('problem' in read) return { n, problem: 'phone', detail: read.problem, cells }
      const draft = draftOf(cells)
      if (isRefused(draft)) return { n, ...draft, cells }
      return { n, ...read, draft, ...(read.isShort && { cells }) }
    },
    missingGroups: known.missing,
  }
}

interface Refused {
  readonly problem: RowProblem
  readonly detail: string
}

function isRefused(draft: FlatDraft | Refused): draft is Refused {
  return 'problem' in draft && 'detail' in draft
}
