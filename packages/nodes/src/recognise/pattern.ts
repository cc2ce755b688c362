import { RE2JS, RE2JSException } from 're2js'

/** The longest pattern an author may write, in characters. */
export const maxPatternLength = 500

/** The largest program that a pattern may become, in instructions: what it costs is this times the length of a text. */
const maxProgram = 2_000

/** No SMS is longer, in UTF-16 units; the rest of what is pasted is not looked at. */
const maxTextLength = 2_000

/**
 * Whether a pattern of RE2's language (`https://github.com/google/re2/wiki/Syntax`) stands somewhere in a text, or is
 * all of it but the space around. Case does not matter, `^` and `$` are beginning and end of a line. Takes time in
 * proportion to the text whatever the pattern; one that cannot be read matches nothing.
 */
export function matchesPattern(pattern: string, text: string, where: 'anywhere' | 'whole'): boolean {
  const compiled = compile(pattern)
  if (!(compiled instanceof RE2JS)) return false
  const said = text.slice(0, maxTextLength).normalize('NFC')
  return where === 'whole' ? compiled.matches(said.trim()) : compiled.matcher(said).find()
}

/** What is wrong with a pattern, as the rest of a sentence that begins with it; undefined when it can be used. */
export function problemOfPattern(pattern: string): string | undefined {
  const compiled = compile(pattern)
  return compiled instanceof RE2JS ? undefined : compiled.problem
}

interface Unusable {
  readonly problem: string
}

// Published flows have few patterns; rendered ones could be many, so old ones make room.
const compiledPatterns = new Map<string, RE2JS | Unusable>()
const maxCompiled = 500

function compile(pattern: string): RE2JS | Unusable {
  const known = compiledPatterns.get(pattern)
  if (known) return known
  const compiled = compileAnew(pattern)
  if (compiledPatterns.size >= maxCompiled) {
    const [oldest] = compiledPatterns.keys()
    if (oldest !== undefined) compiledPatterns.delete(oldest)
  }
  compiledPatterns.set(pattern, compiled)
  return compiled
}

function compileAnew(pattern: string): RE2JS | Unusable {
  if (pattern === '') return { problem: 'is empty' }
  if (pattern.length > maxPatternLength) return { problem: `has more than ${maxPatternLength} characters` }
  try {
    const compiled = RE2JS.compile(pattern.normalize('NFC'), RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE)
    return compiled.programSize() > maxProgram ? { problem: 'repeats too much: use smaller counts' } : compiled
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return { problem: explained(pattern, error.message) }
  }
}

function explained(pattern: string, message: string): string {
  if (/\(\?<?[=!]/.test(pattern)) return 'looks ahead or behind, which patterns that are always fast cannot do'
  if (/\\[1-9]|\\k</.test(pattern))
    return 'refers back to an earlier group, which patterns that are always fast cannot do'
  if (/invalid repeat count/.test(message)) return 'repeats too much: use smaller counts'
  const reason = message
    .replace(/^error parsing regexp: /, '')
    .replace('(?m)(?i)', '')
    .replaceAll('`', '"')
  return `cannot be read: ${reason}`
}
