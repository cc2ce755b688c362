import { fold, type NodeIssue, tokens } from '@textloom/core'
import { type NodeIssueCode, nodeIssue } from '../issue-codes.ts'
import { readNumber } from '../number-text.ts'
import type { DateOrder } from '../recognise/context.ts'
import { recogniseDate } from '../recognise/date.ts'
import { problemOfPattern } from '../recognise/pattern.ts'
import { recogniseTime } from '../recognise/time.ts'
import { predicates } from './operators.ts'
import { readRange } from './predicates/number.ts'
import type { Comparison } from './schema.ts'

/** Why a rule can never fit, or can mean two things, whatever it is asked about. Paths are within the rule. */
export function problemsOf({ op, right = '', list = [] }: Comparison): readonly NodeIssue[] {
  const { operand } = predicates[op]
  if (operand === 'none') return []
  if (operand === 'list') {
    const message = 'The rule compares with an empty list: add what it is to be compared with.'
    return list.some((option) => isTemplate(option) || fold(option) !== '') ? [] : [issue('no-right', message, 'list')]
  }
  // "is" and "is not" with nothing ask whether there is something, which "is empty" says better.
  if (right.trim() === '') return [issue('no-right', 'The rule compares with nothing: fill it in, or use "is empty".')]
  return isTemplate(right) ? [] : checks[operand](right)
}

const never = 'so the rule never fits: correct it.'

const checks = {
  text: (right: string) =>
    fold(right) === '' ? [issue('no-words', `Nothing of "${right}" can be seen, ${never}`)] : [],
  words: (right: string) =>
    tokens(right).length === 0 ? [issue('no-words', `"${right}" has no words, ${never}`)] : [],
  number: (right: string) =>
    readNumber(right) === undefined ? [issue('no-number', `"${right}" is never a number, ${never}`)] : [],
  range: checkRange,
  date: checkDate,
  time: (right: string) =>
    recogniseTime(right, { timeZone: 'UTC', language: 'en' })
      ? []
      : [issue('no-time', `"${right}" is no time, ${never} 08:30 is one.`)],
  pattern: (right: string) => {
    const problem = problemOfPattern(right)
    return problem ? [issue('bad-pattern', `The pattern ${problem}.`)] : []
  },
}

function checkRange(right: string): readonly NodeIssue[] {
  const range = readRange(right)
  if (!range) return [issue('no-number', `"${right}" is never two numbers, as in 7..8, ${never}`)]
  return range[0] > range[1]
    ? [issue('empty-range', `Nothing lies between ${range[0]} and ${range[1]}: put the smaller number first.`)]
    : []
}

function checkDate(right: string): readonly NodeIssue[] {
  const read = (dateOrder: DateOrder) =>
    recogniseDate(right, { now: 0, timeZone: 'UTC', language: 'en', dateOrder })?.value
  const date = read('DMY')
  if (date === undefined) return [issue('no-date', `"${right}" is no date, ${never} 2026-03-05 is one.`)]
  return date === read('MDY')
    ? []
    : [
        issue(
          'doubtful-date',
          `"${right}" is another day for those who write the month first: write ${date} or ${read('MDY')}.`,
        ),
      ]
}

function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}

function issue(code: string & SplitProblem, message: string, path = 'right'): NodeIssue {
  return nodeIssue(`split/${code}`, path, message)
}

type SplitProblem = NodeIssueCode extends infer Code ? (Code extends `split/${infer Problem}` ? Problem : never) : never
