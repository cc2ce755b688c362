import { didYouMean, type Issue, parseTypedDuration } from '@textloom/core'
import { soundness } from './issue-codes.ts'
import type { Check, Subject } from './subject.ts'

type Step = NonNullable<Subject['flow']['tests']>[number]['steps'][number]

/** Saved tests name nodes that exist, times and durations that can be read. */
export const checkSavedTests: Check = ({ flow, nodes }) => {
  const ids = new Set(nodes.map(({ id }) => id))
  return (flow.tests ?? []).flatMap(({ name, now, steps }, index): readonly Issue[] => {
    const say = (path: string, message: string) =>
      soundness('flow/saved-test', `tests[${index}].${path}`, `Test "${name}": ${message}`)
    const badNow =
      now === undefined || !Number.isNaN(Date.parse(now))
        ? []
        : [say('now', `"${now}" is not a time: write it as 2026-01-01T12:00:00.000Z.`)]
    const badSteps = steps.flatMap((step, at) => {
      const problem = problemOf(step, ids)
      return problem === undefined ? [] : [say(`steps[${at}]`, problem)]
    })
    return [...badNow, ...badSteps]
  })
}

function problemOf(step: Step, nodeIds: ReadonlySet<string>): string | undefined {
  if ('visits' in step && !nodeIds.has(step.visits)) {
    return `no node is called "${step.visits}".${didYouMean(step.visits, nodeIds)}`
  }
  if (!('advance' in step)) return undefined
  try {
    parseTypedDuration(step.advance)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
