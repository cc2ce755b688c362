import { ContactQueryError } from './ast.ts'

/** A piece of a query. */
export interface QueryToken {
  readonly kind: 'word' | 'quoted' | 'operator' | 'open' | 'close' | 'end'
  /** Without its quotes. */
  readonly text: string
  /** Where it begins, and where the next may, from 0. */
  readonly at: number
  readonly end: number
}

/** Most characters of a query. */
export const maxQueryLength = 2_000

/** Takes a query apart. @throws ContactQueryError for what no query holds */
export function queryTokens(text: string): QueryToken[] {
  if (text.length > maxQueryLength) {
    throw new ContactQueryError(`a query has at most ${maxQueryLength} characters; this one has ${text.length}.`, 0)
  }
  const found: QueryToken[] = []
  for (const match of text.matchAll(piece)) {
    const { index: at } = match
    const { quoted, word, operator, open, close, other } = match.groups ?? {}
    const end = at + match[0].length
    if (quoted !== undefined) found.push({ kind: 'quoted', text: unquoted(quoted, at), at, end })
    else if (operator !== undefined) found.push({ kind: 'operator', text: operator, at, end })
    else if (word !== undefined) found.push({ kind: 'word', text: word, at, end })
    else if (open !== undefined) found.push({ kind: 'open', text: open, at, end })
    else if (close !== undefined) found.push({ kind: 'close', text: close, at, end })
    else if (other !== undefined) {
      throw new ContactQueryError(`"${other}" means nothing here: write texts in quotes, as in name = "Anna".`, at)
    }
  }
  return [...found, { kind: 'end', text: '', at: text.length, end: text.length }]
}

/** A text as a query writes it, in quotes where it needs them. */
export function quotedText(text: string): string {
  return plainWord.test(text) && !reserved.has(text.toLowerCase())
    ? text
    : `"${text.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`
}

const reserved = new Set(['and', 'or', 'not', 'none', 'today', 'now'])

const wordMarks = String.raw`[\p{L}\p{M}\p{N}_.:+@/-]`
const plainWord = new RegExp(`^${wordMarks}+$`, 'u')

// Curly quotes too: texts are pasted from mails, and phones put them where straight ones were meant.
const piece = new RegExp(
  [
    String.raw`(?<quoted>["“”](?:\\.|[^"“”\\])*(?:["“”]|$))`,
    '(?<operator>!=|<=|>=|[=<>~])',
    `(?<word>${wordMarks}+)`,
    String.raw`(?<open>\()`,
    String.raw`(?<close>\))`,
    String.raw`(?<other>[^\s])`,
  ].join('|'),
  'gsu',
)

function unquoted(quoted: string, at: number): string {
  if (quoted.length < 2 || !/["“”]$/.test(quoted) || /(?:^|[^\\])(?:\\\\)*\\["“”]$/.test(quoted)) {
    throw new ContactQueryError('a quote is opened here and never closed: add a " behind the text.', at)
  }
  return quoted.slice(1, -1).replace(/\\(.)/gsu, '$1')
}
