import { defineNode, type NodeIssue, type Scope } from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { readNumber } from '../number-text.ts'
import { holds, readRange } from './compare.ts'
import { templateOf } from './operand.ts'
import { numberOperators, type Operator, operatorLabels, unaryOperators } from './operators.ts'
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
      ...rules.map(({ id, left, op, right = '' }) =>
        exit(id, { guard: guard('holds', { left: templateOf(left), op, right }) }),
      ),
      exit('other'),
    ],
  }),
  guards: {
    holds: ({ evaluate, render }: Scope, { left, op, right }: { left: string; op: Operator; right: string }) =>
      holds(op, evaluate(left), render(right)),
  },
  describe: ({ rules }) => ({
    title: 'Split',
    body: rules.map((rule) => `${rule.left} ${labelOf(rule)}`).join('\n') || 'No rules yet',
  }),
  templates: ({ rules }) =>
    rules.flatMap(({ left, right }, index) => [
      { path: `rules[${index}].left`, template: templateOf(left), use: 'value' },
      ...(right === undefined ? [] : [{ path: `rules[${index}].right`, template: right, use: 'value' as const }]),
    ]),
  check,
})

function labelOf({ op, right = '' }: Rule): string {
  return unaryOperators.has(op) ? operatorLabels[op] : `${operatorLabels[op]} ${right}`.trim()
}

function check({ rules }: SplitData): readonly NodeIssue[] {
  if (rules.length === 0) {
    return [nodeIssue('split/no-rules', 'rules', 'Nothing is split here: add a rule or take the node out.')]
  }
  return rules.flatMap(({ op, right = '' }, index) => {
    const path = `rules[${index}].right`
    if (unaryOperators.has(op)) return []
    if (right.trim() === '') {
      // "is" and "is not" with nothing ask whether there is something, which "is empty" says better.
      return [nodeIssue('split/no-right', path, `The rule compares with nothing: fill it in, or use "is empty".`)]
    }
    if (!numberOperators.has(op) || right.includes('{{') || right.includes('{%')) return []
    const isRight = op === 'number-between' ? readRange(right) : readNumber(right)
    const wanted = op === 'number-between' ? 'two numbers, as in 7..8' : 'a number'
    return isRight === undefined
      ? [nodeIssue('split/no-number', path, `"${right}" is never ${wanted}, so the rule never fits: correct it.`)]
      : []
  })
}
