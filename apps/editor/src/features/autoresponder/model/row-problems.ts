import type { Issue, NodeRegistry } from '@textloom/core'
import type { ReadTable } from '@textloom/interop/autoresponder'
import { problemText } from '../../../document/problem-text.ts'

/** A problem beside its row. */
export interface RowProblem {
  readonly message: string
  readonly severity: Issue['severity']
}

type TypeOf = (node: string) => string | undefined

/** The problems of each row's steps, in the words of the table's own columns; rows without any are left out. */
export function rowProblems(
  { parts }: Pick<ReadTable, 'parts'>,
  byNode: ReadonlyMap<string, readonly Issue[]>,
  typeOf: TypeOf,
  registry: NodeRegistry,
): ReadonlyMap<string, readonly RowProblem[]> {
  return new Map(
    [...parts].flatMap(([row, own]) => {
      const nodes = [own.start, own.when, own.channel, own.hours, row, own.closed]
      const problems = nodes.flatMap((node) =>
        (node === undefined ? [] : (byNode.get(node) ?? [])).map((issue) => ({
          message: problemText(issue, registry.get(typeOf(node ?? '') ?? '')),
          severity: issue.severity,
        })),
      )
      return problems.length === 0 ? [] : [[row, problems] as const]
    }),
  )
}
