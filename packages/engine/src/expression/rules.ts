import { didYouMean } from '@textloom/core'
import { expressionFunctions, macros, maxItems } from './functions.ts'
import { callOf, partsOf, pathOf, type Span, type Syntax, withParts } from './syntax.ts'

/** What is wrong with an expression, and where. */
export interface ExpressionIssue extends Span {
  readonly message: string
}

/** Going over a list within going over a list is enough for anybody, and costs the square of its length already. */
const maxMacroDepth = 2

/** What an expression uses that ours may not: functions that are not in the list, and loops without a bound. */
export function ruleIssues(expression: Syntax): readonly ExpressionIssue[] {
  return [...unknownFunctions(expression), ...loops(expression, 0)]
}

/** Whether an expression goes over lists, which must be short then. */
export function goesOverLists(expression: Syntax): boolean {
  return [...withParts(expression)].some(isMacro)
}

function* unknownFunctions(expression: Syntax): Generator<ExpressionIssue> {
  for (const part of withParts(expression)) {
    const { start, end } = part
    const name = callOf(part)?.name
    if (name === 'matches') {
      const message = 'Patterns can take for ever: use contains, startsWith or words instead of matches.'
      yield { message, start, end }
    } else if (name !== undefined && !Object.hasOwn(expressionFunctions, name)) {
      const message = `There is no function "${name}".${didYouMean(name, Object.keys(expressionFunctions))}`
      yield { message, start, end }
    } else if (part.op === '.?' || part.op === '[?]') {
      yield { message: 'Write "." and use has(…) to ask whether there is a value.', start, end }
    } else if (part.op === 'value' && part.args instanceof Uint8Array) {
      yield { message: 'Texts stand between plain quotes.', start, end }
    }
  }
}

function* loops(part: Syntax, depth: number): Generator<ExpressionIssue> {
  const { start, end } = part
  if (!isMacro(part)) {
    for (const inner of partsOf(part)) yield* loops(inner, depth)
    return
  }
  const { name, on, args } = callOf(part) ?? { name: '', args: [] }
  if (depth === maxMacroDepth) {
    yield { message: `${name} stands within ${maxMacroDepth} others already: go over lists less deep.`, start, end }
    return
  }
  if (on && !isShort(on)) {
    const message = `${name} can go over a variable, a list, words(…), filter or map: a list of at most ${maxItems} items.`
    yield { message, start: on.start, end: on.end }
  }
  if (on) yield* loops(on, depth)
  for (const inner of args.slice(1)) yield* loops(inner, depth + 1)
}

function isMacro(part: Syntax): boolean {
  return part.op === 'rcall' && macros.has(part.args[0])
}

/** Whether a part can be no longer list than what was there before. */
function isShort(part: Syntax): boolean {
  if (part.op === 'list') return true
  const call = callOf(part)
  if (call) return call.name === 'words' || ((call.name === 'map' || call.name === 'filter') && isMacro(part))
  return pathOf(part) !== undefined
}
