import type { Json } from '@textloom/core'
import type { PeopleCatalogue } from '../../people/catalogue.ts'
import { readFieldValue } from '../../people/field-values.ts'
import { Problem } from '../http/problem.ts'
import type { RequestIssue } from '../http/validation.ts'

/**
 * Values of fields as their definitions keep them, and groups that are there.
 * @throws Problem that names every one that does not fit
 */
export function checkedDraft(
  {
    fields = {},
    groups = {},
  }: { fields?: { [key: string]: Json } | undefined; groups?: { [id: string]: boolean } | undefined },
  catalogue: PeopleCatalogue,
): { fields: { [key: string]: Json }; groups: { [id: string]: boolean } } {
  const issues: RequestIssue[] = []
  const wrong = (path: string, message: string) => issues.push({ in: 'body', path, message })
  const read: { [key: string]: Json } = {}
  for (const [key, value] of Object.entries(fields)) {
    const field = catalogue.fields.find((one) => one.key === key)
    if (field === undefined) {
      wrong(`fields.${key}`, `There is no field "${key}": define it first.`)
      continue
    }
    const found = readFieldValue(field, value)
    if ('problem' in found) wrong(`fields.${key}`, found.problem)
    else read[key] = found.value
  }
  for (const id of Object.keys(groups)) {
    const group = catalogue.groups.find((one) => one.id === id)
    if (group === undefined) wrong('groups', `There is no group "${id}": make it first.`)
    else if (group.query !== null) wrong('groups', `Who is in the group "${id}" is decided by its query.`)
  }
  if (issues.length > 0)
    throw new Problem('request/invalid', issues.map(({ message }) => message).join(' '), { issues })
  return { fields: read, groups }
}
