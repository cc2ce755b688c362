import type { AnyNodeType, Issue } from '@textloom/core'
import { problemText } from '../../../document/problem-text.ts'

/** A problem within a node's data: `options[0].label`. */
export interface FieldProblem {
  readonly path: string
  readonly severity: Issue['severity']
  readonly message: string
}

/** The problems of a node by their place in its data; those of the node as a whole have the path ``. */
export function fieldProblems(issues: readonly Issue[], nodeType: AnyNodeType | undefined): readonly FieldProblem[] {
  return issues.map((issue) => ({
    path: /^nodes\[\d+\]\.data\.?(?<inside>.*)$/.exec(issue.path)?.groups?.inside ?? '',
    severity: issue.severity,
    message: problemText(issue, nodeType),
  }))
}

/** The problems at a place; `within` takes those of its parts too. */
export function problemsAt(problems: readonly FieldProblem[], place: string, within = false): readonly FieldProblem[] {
  return problems.filter(({ path }) => path === place || (within && isWithin(path, place)))
}

/** The problems that none of these places shows. */
export function otherProblems(problems: readonly FieldProblem[], places: readonly string[]): readonly FieldProblem[] {
  return problems.filter(({ path }) => !places.some((place) => path === place || isWithin(path, place)))
}

function isWithin(path: string, place: string): boolean {
  return path.startsWith(place) && /^[.[]/.test(path.slice(place.length))
}
