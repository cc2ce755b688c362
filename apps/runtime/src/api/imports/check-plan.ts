import type { Sql } from '../../db/sql.ts'
import type { ImportPlan, ImportRow } from '../../imports/imports.ts'
import { loadPeopleCatalogue } from '../../people/catalogue.ts'
import { Problem } from '../http/problem.ts'

/** Makes sure that a plan fits its file and what is defined. @throws Problem that names each thing that does not */
export async function checkPlan(
  sql: Sql,
  { look }: Pick<ImportRow, 'look'>,
  { mapping, rules }: ImportPlan,
): Promise<void> {
  const { fields, groups } = await loadPeopleCatalogue(sql)
  const issues: { in: 'body'; path: string; message: string }[] = []
  const wrong = (path: string, message: string) => issues.push({ in: 'body', path, message })
  if (mapping.length !== look.columns.length) {
    wrong('mapping', `mapping must have an entry for each of the ${look.columns.length} columns.`)
  }
  if (!mapping.includes('phone'))
    wrong('mapping', 'One column must hold the phone numbers: contacts are known by them.')
  for (const [column, target] of mapping.entries()) {
    if (target === null) continue
    const first = mapping.indexOf(target)
    if (first !== column && target !== 'name') {
      wrong(`mapping.${column}`, `${nameOf(look, first)} and ${nameOf(look, column)} cannot both be the ${target}.`)
    }
    const key = target.startsWith('field:') ? target.slice('field:'.length) : undefined
    if (key !== undefined && !fields.some((field) => field.key === key)) {
      wrong(`mapping.${column}`, `There is no field "${key}": define it first.`)
    }
  }
  for (const [index, id] of rules.groups.entries()) {
    const group = groups.find((one) => one.id === id)
    if (group === undefined) wrong(`rules.groups.${index}`, `There is no group "${id}": make it first.`)
    else if (group.query !== null) {
      wrong(`rules.groups.${index}`, `Who is in the group "${id}" is decided by its query: nobody can be put into it.`)
    }
  }
  const [first] = issues
  if (first !== undefined) throw new Problem('request/invalid', first.message, { issues })
}

function nameOf({ columns }: ImportRow['look'], column: number): string {
  return `"${columns[column] ?? column + 1}"`
}
