import { type FlowDocument, type Issue, inDocumentOrder, type NodeRegistry } from '@textloom/core'
import { checkDeclarations } from './declarations.ts'
import { checkExits } from './exits.ts'
import { checkExpressions } from './expressions.ts'
import { checkLoops } from './loops.ts'
import { checkMissingTranslations } from './missing-translations.ts'
import { checkOptOut } from './opt-out.ts'
import { checkOwn } from './own.ts'
import { checkOwnKeywords } from './own-keywords.ts'
import { checkReach } from './reach.ts'
import { checkSavedTests } from './saved-tests.ts'
import { checkSilence } from './silence.ts'
import { type Check, subjectOf } from './subject.ts'
import { checkTextCost } from './text-cost.ts'
import { checkTranslations } from './translations.ts'
import { checkVariableFlow } from './variable-checks.ts'
import { checkVariables } from './variables.ts'

const checks: readonly Check[] = [
  checkReach,
  checkOwn,
  checkOwnKeywords,
  checkExits,
  checkSilence,
  checkLoops,
  checkVariables,
  checkExpressions,
  checkVariableFlow,
  checkDeclarations,
  checkTranslations,
  checkMissingTranslations,
  checkTextCost,
  checkOptOut,
  checkSavedTests,
]

/**
 * Looks for what would go wrong when a flow runs, beyond what `parseFlow` refuses. The flow must have passed
 * `parseFlow` with the same registry. Issues come in document order; the same flow gives the same list.
 */
export function analyseFlow(flow: FlowDocument, registry: NodeRegistry): Issue[] {
  const subject = subjectOf(flow, registry)
  return inDocumentOrder(checks.flatMap((check) => check(subject)))
}

/** True when nothing stands in the way of publishing, compiling and simulating. */
export function isSound(issues: readonly Issue[]): boolean {
  return issues.every(({ severity }) => severity !== 'error')
}
