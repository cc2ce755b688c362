import { didYouMean } from '@textloom/core'
import { LiquidError } from 'liquidjs'
import { templateFilters } from './filters.ts'
import { templateTags } from './tags.ts'

/** A template that cannot be read or rendered. `message` is a sentence for its author; places count from 1. */
export class TemplateError extends Error {
  readonly line: number
  readonly column: number

  constructor(problem: string, line: number, column: number) {
    super(`${problem} (line ${line}, column ${column})`)
    this.name = 'TemplateError'
    this.line = line
    this.column = column
  }
}

/** What Liquid, or our limits, threw, as a `TemplateError`. */
export function asTemplateError(thrown: unknown): TemplateError {
  if (thrown instanceof TemplateError) return thrown
  if (!LiquidError.is(thrown)) return new TemplateError(inWords(thrown instanceof Error ? thrown.message : ''), 1, 1)
  const [line, column] = thrown.token.getPosition()
  return new TemplateError(inWords(thrown.message), line ?? 1, column ?? 1)
}

/** Liquid's wording is for programmers; these are the problems that authors meet. */
const wordings: readonly (readonly [RegExp, string | ((message: string, name: string) => string)])[] = [
  [/^undefined filter: (.+)$/, (_, name) => `There is no filter "${name}".${didYouMean(name, templateFilters.keys())}`],
  [/^tag "(.+)" not found$/, (_, name) => `There is no tag "${name}".${didYouMean(name, Object.keys(templateTags))}`],
  [/^(?:output|tag) "?(.*?)"? not closed$/s, 'This is not closed: $1'],
  [/^illegal tag: (.*)$/s, 'This cannot be read: $1'],
  [/^invalid value expression: "(.*)"$/s, 'A value is missing or cannot be read: "$1".'],
  [/^memory alloc limit exceeded$/, 'The template makes too much data. Make its lists and texts shorter.'],
  [/^Invalid string length$/, 'The template makes too much data. Make its lists and texts shorter.'],
]

function inWords(message: string): string {
  const bare = message.replace(/, line:\d+, col:\d+$/, '') || 'The template cannot be rendered.'
  for (const [pattern, wording] of wordings) {
    if (pattern.test(bare))
      return typeof wording === 'string' ? bare.replace(pattern, wording) : bare.replace(pattern, wording)
  }
  return /[.!?]$/.test(bare) ? bare : `${bare.charAt(0).toUpperCase()}${bare.slice(1)}.`
}
