import { didYouMean, formatPath, type Issue } from '@textloom/core'
import { soundness } from './issue-codes.ts'
import { knownNames } from './names.ts'
import type { Check } from './subject.ts'
import { type TemplatePlace, templateIssues, variablesOf } from './template-issues.ts'

/** Translations are of texts that exist, into languages that the flow has, and are templates like the texts themselves. */
export const checkTranslations: Check = (subject) => {
  const { flow, nodes } = subject
  const names = knownNames(subject)
  const languages = new Set(flow.languages.others)
  const fieldOf = new Map<string, Original>(
    nodes.flatMap(({ id, nodeType, data }) =>
      (nodeType.templates?.(data) ?? []).map(
        ({ path, locals = [], mustHold = [] }) =>
          [`${id}.${path}`, { node: id, field: path, locals, mustHold }] as const,
      ),
    ),
  )
  const words = new Set(
    nodes.flatMap(({ id, nodeType, data }) => (nodeType.words?.(data) ?? []).map(({ path }) => `${id}.${path}`)),
  )
  return Object.entries(flow.translations ?? {}).flatMap(([language, texts]): readonly Issue[] => {
    const path = formatPath(['translations', language])
    const foreign = languages.has(language)
      ? []
      : [
          soundness(
            'flow/unused-translation',
            path,
            `"${language}" is not among the other languages of this flow: add it.`,
          ),
        ]
    const issues = Object.entries(texts).flatMap(([key, template]) => {
      const place = formatPath(['translations', language, key])
      const original = fieldOf.get(key)
      if (original) {
        return [
          ...templateIssues(template, { ...original, path: place, field: `${original.field} (${language})` }, names),
          ...lacking(template, { ...original, path: place }, language),
        ]
      }
      if (words.has(key)) return []
      const message = `"${key}" (${language}) names no text of this flow (a node id, a dot, a field).${didYouMean(key, [...fieldOf.keys(), ...words])}`
      return [soundness('flow/unused-translation', place, message)]
    })
    return [...foreign, ...issues]
  })
}

interface Original extends Omit<TemplatePlace, 'path'> {
  readonly mustHold: readonly string[]
}

/** What a translation leaves out although its text is nothing without it; one that cannot be read is told elsewhere. */
function lacking(
  template: string,
  { mustHold, field, node, path }: Original & TemplatePlace,
  language: string,
): Issue[] {
  if (mustHold.length === 0 || template.trim() === '') return []
  const used = new Set(variablesOf(template).map(({ segments }) => String(segments[0])))
  return mustHold
    .filter((name) => !used.has(name))
    .map((name) => {
      const message = `"${field}" in "${language}" does not hold the ${name}: write {{ ${name} }} where it goes.`
      return soundness('flow/incomplete-translation', path, message, node)
    })
}
