import { defineNode, type Json, type NodeIssue, type Scope } from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { recogniseContextOf } from '../recognise/context.ts'
import { problemsOf } from './impossible.ts'
import { templateOf } from './operand.ts'
import { type Operator, predicates } from './operators.ts'
import { type Rule, type SplitData, splitSchema } from './schema.ts'

/** Goes on by the first rule that fits, or by `other` when none does. */
export const split = defineNode({
  type: 'split',
  version: 1,
  family: 'decide',
  title: 'Split',
  summary: 'Goes different ways depending on a reply, a variable or the contact.',
  icon: 'arrows-split-2',
  schema: splitSchema,
  waits: null,
  handles: ({ rules }) => [
    ...rules.map((rule) => ({ id: rule.id, label: labelOf(rule) })),
    { id: 'other', label: 'Otherwise' },
  ],
  compile: ({ rules }, { exit, guard }) => ({
    always: [
      ...rules.map(({ id, left, op, right = '', list = [] }) =>
        exit(id, { guard: guard('holds', { left: templateOf(left), op, right, list }) }),
      ),
      exit('other'),
    ],
  }),
  guards: {
    holds: (scope: Scope, { left, op, right, list }: HoldsParams) =>
      predicates[op].holds(
        op === 'is-missing' ? valueOrNull(scope, left) : scope.evaluate(left),
        { text: scope.render(right), list: list.map((option) => scope.render(option)) },
        recogniseContextOf(scope),
      ),
  },
  describe: ({ rules }) => ({
    title: 'Split',
    body: rules.map((rule) => `${rule.left} ${labelOf(rule)}`).join('\n') || 'No rules yet',
  }),
  templates: ({ rules }) =>
    rules.flatMap(({ left, right, list = [] }, index) => [
      { path: `rules[${index}].left`, template: templateOf(left), use: 'value' },
      ...(right === undefined ? [] : [{ path: `rules[${index}].right`, template: right, use: 'value' as const }]),
      ...list.map((template, at) => ({ path: `rules[${index}].list[${at}]`, template, use: 'value' as const })),
    ]),
  check,
})

type HoldsParams = {
  readonly left: string
  readonly op: Operator
  readonly right: string
  readonly list: readonly string[]
}

/** "has no value" is also true of what cannot be computed. */
function valueOrNull({ evaluate }: Scope, left: string): Json {
  try {
    return evaluate(left)
  } catch {
    return null
  }
}

function labelOf({ op, right = '', list = [] }: Rule): string {
  const { label, operand } = predicates[op]
  if (operand === 'none') return label
  return `${label} ${operand === 'list' ? list.join(', ') : right}`.trim()
}

function check({ rules }: SplitData): readonly NodeIssue[] {
  if (rules.length === 0) {
    return [nodeIssue('split/no-rules', 'rules', 'Nothing is split here: add a rule or take the node out.')]
  }
  return rules.flatMap((rule, index) => {
    const path = `rules[${index}]`
    const problems = problemsOf(rule).map((problem) => ({ ...problem, path: `${path}.${problem.path}` }))
    if (problems.length > 0) return problems
    const first = rules.findIndex((other) => conditionOf(other) === conditionOf(rule))
    const message = `Rule ${index + 1} asks the same as rule ${first + 1}, so nobody gets to it: change it or take it out.`
    return first < index ? [nodeIssue('split/repeated-rule', path, message)] : []
  })
}

function conditionOf({ left, op, right = '', list = [] }: Rule): string {
  const { operand } = predicates[op]
  const compared = operand === 'none' ? '' : operand === 'list' ? JSON.stringify(list) : right
  return `${left}\n${op}\n${compared}`
}
