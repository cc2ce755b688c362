import type { CompileContext, Json, NodeIssue, Scope, TemplateField } from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { pickHandles, pickState } from '../picks.ts'
import { recogniseContextOf } from '../recognise/context.ts'
import { problemsOf } from './impossible.ts'
import { templateOf } from './operand.ts'
import { type Operator, predicates } from './operators.ts'
import type { Comparison, Rule } from './schema.ts'
import { takenBefore } from './shadowed.ts'

/**
 * What node types have in common that go on by the first rule that fits: each says what the rules of its data are,
 * which stand in `rules`.
 */
export function byRules<Data>(rulesOf: (data: Data) => readonly Rule[]) {
  return {
    waits: null,
    handles: (data: Data) => pickHandles(rulesOf(data).map((rule) => ({ id: rule.id, name: labelOf(rule) }))),
    compile: (data: Data, context: CompileContext) =>
      pickState(
        rulesOf(data),
        ({ left, op, right = '', list = [] }) =>
          context.guard('holds', { left: templateOf(left), op, right, list: [...list] }),
        context,
      ),
    guards: { holds },
    templates: (data: Data) => rulesOf(data).flatMap(comparedTemplates),
    check: (data: Data) => [...ruleIssues(rulesOf(data), conditionOf, problemsOf), ...shadowIssues(rulesOf(data))],
  }
}

/** What a rule says of the value that it is about. */
export function labelOf({ op, right = '', list = [] }: Comparison): string {
  const { label, operand } = predicates[op]
  if (operand === 'none') return label
  return `${label} ${operand === 'list' ? list.join(', ') : right}`.trim()
}

/** The templates that the value of a rule is compared with. */
export function comparedTemplates({ right, list = [] }: Comparison, index: number): readonly TemplateField[] {
  return [
    ...(right === undefined ? [] : [{ path: `rules[${index}].right`, template: right, use: 'value' as const }]),
    ...list.map((template, at) => ({ path: `rules[${index}].list[${at}]`, template, use: 'value' as const })),
  ]
}

/** What can be wrong with rules: there are none, one has problems of its own, or asks what one above it has asked. */
export function ruleIssues<Each>(
  rules: readonly Each[],
  conditionOf: (rule: Each) => string,
  problemsOfRule: (rule: Each) => readonly NodeIssue[] = () => [],
): readonly NodeIssue[] {
  if (rules.length === 0) {
    return [nodeIssue('split/no-rules', 'rules', 'Nothing is split here: add a rule or take the node out.')]
  }
  return rules.flatMap((rule, index) => {
    const path = `rules[${index}]`
    const problems = problemsOfRule(rule).map((problem) => ({ ...problem, path: `${path}.${problem.path}` }))
    if (problems.length > 0) return problems
    const first = rules.findIndex((other) => conditionOf(other) === conditionOf(rule))
    const message = `Rule ${index + 1} asks the same as rule ${first + 1}, so nobody gets to it: change it or take it out.`
    return first < index ? [nodeIssue('split/repeated-rule', path, message)] : []
  })
}

/** Rules that others above them leave nothing to; those that only repeat one are told of already. */
function shadowIssues(rules: readonly Rule[]): readonly NodeIssue[] {
  return rules.flatMap((rule, index) => {
    const taker = takenBefore(rules, index)
    const repeats = rules.slice(0, index).some((other) => conditionOf(other) === conditionOf(rule))
    if (taker === undefined || repeats || problemsOf(rule).length > 0) return []
    const takers = `rule ${taker.index + 1}${taker.isAlone ? '' : ' or one above it'}`
    const message = `Nobody gets to rule ${index + 1}, "${labelOf(rule)}": ${takers} takes all that it would. Move it up, or take it out.`
    return [nodeIssue('split/shadowed-rule', `rules[${index}]`, message)]
  })
}

type HoldsParams = {
  readonly left: string
  readonly op: Operator
  readonly right: string
  readonly list: readonly string[]
}

function holds(scope: Scope, { left, op, right, list }: HoldsParams): boolean {
  return predicates[op].holds(
    op === 'is-missing' ? valueOrNull(scope, left) : scope.evaluate(left),
    { text: scope.render(right), list: list.map((option) => scope.render(option)) },
    recogniseContextOf(scope),
  )
}

/** "has no value" is also true of what cannot be computed. */
function valueOrNull({ evaluate }: Scope, left: string): Json {
  try {
    return evaluate(left)
  } catch {
    return null
  }
}

function conditionOf({ left, op, right = '', list = [] }: Rule): string {
  const { operand } = predicates[op]
  const compared = operand === 'none' ? '' : operand === 'list' ? JSON.stringify(list) : right
  return `${left}\n${op}\n${compared}`
}
