/** What a text breaks off at that JSON does not allow there. */
export interface JsonDefect {
  /** From 1, columns in UTF-16 code units. */
  readonly line: number
  readonly column: number
  /** Completes "Line 3, column 5: …". */
  readonly says: string
}

type Expected = 'value' | 'value or ]' | 'name or }' | 'name' | ':' | ', or }' | ', or ]' | 'end'

const wanted: Readonly<Record<Expected, string>> = {
  value: 'a value must stand here',
  'value or ]': 'a value or "]" must stand here',
  'name or }': 'a name in double quotes or "}" must stand here',
  name: 'a name in double quotes must stand here',
  ':': 'a ":" must stand here',
  ', or }': 'a "," or "}" must stand here',
  ', or ]': 'a "," or "]" must stand here',
  end: 'nothing more may stand here',
}

const word = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/**
 * Where and why a text is not JSON (RFC 8259), in words and by line, which `JSON.parse` tells differently or not at all
 * from one engine to the next. Undefined for JSON. Reads once from left to right, however deep the nesting.
 */
export function jsonDefect(text: string): JsonDefect | undefined {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  const afterValue = (): Expected => (open.length === 0 ? 'end' : open.at(-1) === '{' ? ', or }' : ', or ]')
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const character = text[at] ?? ''
    const wantsValue: boolean = expected === 'value' || expected === 'value or ]'
    const wantsName: boolean = expected === 'name' || expected === 'name or }'
    if (character === '"' && (wantsValue || wantsName)) {
      const string = readString(text, at)
      if (string.problem !== undefined) return defect(text, string.end, string.problem)
      at = string.end
      expected = wantsName ? ':' : afterValue()
    } else if (wantsValue && (character === '{' || character === '[')) {
      open.push(character)
      at += 1
      expected = character === '{' ? 'name or }' : 'value or ]'
    } else if (expected.endsWith(character) && (character === '}' || character === ']')) {
      open.pop()
      at += 1
      expected = afterValue()
    } else if (character === ':' && expected === ':') {
      at += 1
      expected = 'value'
    } else if (character === ',' && expected.startsWith(',')) {
      at += 1
      expected = open.at(-1) === '{' ? 'name' : 'value'
    } else {
      const end: number = wantsValue ? matchEnd(word, text, at) : at
      if (end === at) return defect(text, at, `${wanted[expected]}, not ${shown(text, at)}`)
      at = end
      expected = afterValue()
    }
  }
  return expected === 'end' ? undefined : defect(text, text.length, `the text ends, but ${wanted[expected]}`)
}

function readString(text: string, start: number): { readonly end: number; readonly problem?: string } {
  for (let at = start + 1; at < text.length; ) {
    const character = text.charCodeAt(at)
    if (character === 0x22) return { end: at + 1 }
    if (character < 0x20) return { end: at, problem: 'the text in quotes is not closed on its line' }
    if (character !== 0x5c) at += 1
    else {
      const end = matchEnd(escapeSequence, text, at)
      if (end === at) return { end: at, problem: `${shown(text, at)} is no escape that JSON knows` }
      at = end
    }
  }
  return { end: text.length, problem: 'the text in quotes is not closed' }
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return at
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

function shown(text: string, at: number): string {
  const [found = ''] = /^(?:[\w.+-]{1,20}|\\?.?)/su.exec(text.slice(at, at + 20)) ?? []
  return /[\p{C}\p{Z}]/u.test(found)
    ? `U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
    : `'${found}'`
}

function defect(text: string, at: number, says: string): JsonDefect {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, says }
}
