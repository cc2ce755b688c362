import { firstPath, templateParts } from '../../../document/texts/template-parts.ts'

/** The values that a text shows and its translation does not. */
export function leftOut(text: string, translation: string): readonly string[] {
  const there = new Set(shown(translation))
  return [...new Set(shown(text))].filter((path) => !there.has(path))
}

function shown(template: string): readonly string[] {
  return templateParts(template).flatMap(({ kind, source }) => (kind === 'output' ? (firstPath(source) ?? []) : []))
}
