import { defineNode, type Scope } from '@textloom/core'
import { pickHandles, pickState, picksInWords } from '../picks.ts'
import { ruleIssues } from '../split/by-rules.ts'
import { type SplitExpressionData, splitExpressionSchema } from './schema.ts'

/** Goes on by the first rule whose expression is true, or by `other`. */
export const splitExpression = defineNode({
  type: 'split-expression',
  version: 1,
  family: 'decide',
  title: 'Split by expression',
  summary: 'Goes different ways depending on conditions that you write as expressions.',
  icon: 'math-function',
  schema: splitExpressionSchema,
  waits: null,
  handles: ({ rules }) => pickHandles(picksOf(rules)),
  compile: ({ rules }, context) =>
    pickState(rules, ({ expression }) => context.guard('holds', { expression }), context),
  guards: {
    // A number or a text is not true, whatever it is.
    holds: (scope: Scope, { expression }: { expression: string }) => scope.expression(expression) === true,
  },
  expressions: ({ rules }) =>
    rules.map(({ expression }, index) => ({ path: `rules[${index}].expression`, expression })),
  describe: ({ rules }) => ({ title: 'Split by expression', body: picksInWords(picksOf(rules), 'No rules yet') }),
  check: ({ rules }) => ruleIssues(rules, ({ expression }) => expression.trim()),
})

function picksOf(rules: SplitExpressionData['rules']) {
  return rules.map(({ id, label, expression }) => ({ id, name: label || expression }))
}
