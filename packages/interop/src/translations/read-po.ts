import { TranslationFileError } from './translation-error.ts'

/** One message of a PO file. */
export interface PoEntry {
  readonly context: string | undefined
  readonly id: string
  readonly text: string
  readonly isFuzzy: boolean
  /** The line it begins in, from 1. */
  readonly line: number
}

type Part = 'msgctxt' | 'msgid' | 'msgstr'

interface OpenEntry {
  readonly parts: Map<Part, string>
  line: number
  isFuzzy: boolean
}

/**
 * The messages of a PO file, obsolete ones too. Plural forms are refused: texts of flows have none.
 * @throws TranslationFileError
 */
export function readPo(file: string): PoEntry[] {
  const entries: PoEntry[] = []
  let open = blank()
  let part: Part | undefined
  const close = () => {
    const { parts, line, isFuzzy } = open
    if (parts.has('msgid')) {
      entries.push({
        context: parts.get('msgctxt'),
        id: parts.get('msgid') ?? '',
        text: parts.get('msgstr') ?? '',
        isFuzzy,
        line,
      })
    }
    open = blank()
    part = undefined
  }

  for (const [index, raw] of file
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const number = index + 1
    const line = raw.replace(/^#~\s?/, '').trim()
    if (line === '') {
      if (open.parts.has('msgstr')) close()
      continue
    }
    if (line.startsWith('#')) {
      if (open.parts.has('msgstr')) close()
      if (line.startsWith('#,') && /\bfuzzy\b/.test(line)) open.isFuzzy = true
      continue
    }
    const keyword = /^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*(".*")$/s.exec(line)
    if (keyword) {
      const [, name = '', value = ''] = keyword
      if (name === 'msgid_plural' || name.startsWith('msgstr[')) {
        throw new TranslationFileError('Plural forms cannot be read: a text of a flow has one form.', number)
      }
      if (open.parts.has('msgstr')) close()
      if (open.parts.size === 0) open.line = number
      part = name as Part
      open.parts.set(part, unquoted(value, number))
    } else if (part && line.startsWith('"')) {
      open.parts.set(part, `${open.parts.get(part)}${unquoted(line, number)}`)
    } else {
      throw new TranslationFileError(`${JSON.stringify(line.slice(0, 40))} is nothing that a PO file can hold.`, number)
    }
  }
  close()
  return entries
}

function blank(): OpenEntry {
  return { parts: new Map(), line: 1, isFuzzy: false }
}

const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function unquoted(value: string, line: number): string {
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(value)) {
    throw new TranslationFileError('The quotation marks do not close: write " within a text as \\".', line)
  }
  return value.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => meanings[character] ?? character)
}
