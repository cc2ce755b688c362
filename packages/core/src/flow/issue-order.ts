import type { Issue } from '../issue.ts'
import { flowSchema } from './document.ts'

/** Sections of the document, the document as a whole first. */
const sections = ['', ...Object.keys(flowSchema.shape)]

/**
 * Issues in the order of the document they are about: by section of the canonical form, list entries by index, and as
 * they were found within one entry. Unknown sections come last.
 */
export function inDocumentOrder(issues: readonly Issue[]): Issue[] {
  return issues
    .map((issue) => ({ issue, place: placeOf(issue.path) }))
    .sort((left, right) => left.place.section - right.place.section || left.place.entry - right.place.entry)
    .map(({ issue }) => issue)
}

function placeOf(path: string): { section: number; entry: number } {
  const [, section = '', entry = '-1'] = /^([A-Za-z]*)(?:\[(\d+)\])?/.exec(path) ?? []
  const index = sections.indexOf(section)
  return { section: index < 0 ? sections.length : index, entry: Number(entry) }
}
