import { useQueries } from '@tanstack/react-query'
import type { FlowDocument } from '@textloom/core'
import { useFlowNames } from '../../shared/api/flow-names.ts'
import { publishedQuery } from '../../shared/api/published.ts'
import { type StepNaming, stepNaming } from './model/step-names.ts'
import type { SessionDetail } from './use-sessions.ts'

/** A flow that a session goes through, as it was published. */
export interface PassedFlow {
  /** Undefined for the flow that the session began with. */
  readonly called: string | undefined
  readonly name: string
  readonly revision: number | null
  /** Undefined until it is there. */
  readonly document: FlowDocument | undefined
}

/** What the flows of a session and their steps are called; undefined stands for the flow that it began with. */
export interface FlowWords {
  readonly flows: readonly PassedFlow[]
  flowName(called: string | undefined): string
  naming(called: string | undefined): StepNaming
}

/** The flows of a session: the one it began with, and those it called so far. */
export function useFlowWords({ flow, revision, called }: SessionDetail): FlowWords {
  const names = useFlowNames()
  const versions = [{ flow, revision }, ...called]
  return useQueries({
    queries: versions.map((one) => ({
      ...publishedQuery(one.flow, one.revision ?? 0),
      enabled: one.revision !== null,
    })),
    combine: (answers) => {
      const flows = versions.map((one, index): PassedFlow => {
        const document = answers[index]?.data
        const name = document?.name ?? names?.get(one.flow) ?? one.flow
        return { called: index === 0 ? undefined : one.flow, name, revision: one.revision, document }
      })
      const find = (wanted: string | undefined) => flows.find((one) => one.called === wanted)
      return {
        flows,
        flowName: (wanted) => find(wanted)?.name ?? wanted ?? flow,
        naming: (wanted) => stepNaming(find(wanted)?.document),
      }
    },
  })
}
