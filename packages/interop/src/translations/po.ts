import type { ReadTranslations } from './merge.ts'
import { readPo } from './read-po.ts'
import type { TranslationRow, TranslationTable } from './table.ts'
import { TranslationFileError } from './translation-error.ts'

/**
 * The texts of one language as a PO file (GNU gettext manual, "The Format of PO Files"): the key is the context, so that
 * two nodes may say the same and be translated apart. What is not in use any more is kept as obsolete.
 */
export function toPo(table: TranslationTable, language: string, project: string): string {
  const header = [
    'msgid ""',
    'msgstr ""',
    quoted(`Project-Id-Version: ${project}\n`),
    quoted(`Language: ${language}\n`),
    quoted('MIME-Version: 1.0\n'),
    quoted('Content-Type: text/plain; charset=UTF-8\n'),
    quoted('Content-Transfer-Encoding: 8bit\n'),
  ].join('\n')
  return `${[header, ...table.rows.map((row) => entry(row, language)).filter((text) => text !== '')].join('\n\n')}\n`
}

/**
 * Reads a PO file back; fuzzy translations are passed over, as gettext does.
 * @throws TranslationFileError
 */
export function fromPo(text: string): ReadTranslations {
  const entries = readPo(text)
  const header = entries.find(({ context, id }) => context === undefined && id === '')
  const language = /^Language:[ \t]*([A-Za-z0-9_-]+)/m.exec(header?.text ?? '')?.[1]?.replaceAll('_', '-')
  if (language === undefined) {
    throw new TranslationFileError(
      'The header names no language: it needs a line "Language: hu\\n".',
      header?.line ?? 1,
    )
  }
  const texts = new Map<string, string>()
  for (const { context, text: translation, isFuzzy, line } of entries) {
    if (context === undefined) {
      if (translation !== '' && entries.length > 1 && line !== header?.line) {
        throw new TranslationFileError('This text has no msgctxt, which names its place in the flow.', line)
      }
      continue
    }
    if (!isFuzzy) texts.set(context, translation)
  }
  return new Map([[language, texts]])
}

function entry({ key, text, note, translations }: TranslationRow, language: string): string {
  const translation = translations.get(language)
  const isObsolete = text === ''
  if (isObsolete && translation === undefined) return ''
  const lines = [`msgctxt ${inLines(key)}`, `msgid ${inLines(text)}`, `msgstr ${inLines(translation ?? '')}`].flatMap(
    (part) => part.split('\n'),
  )
  return isObsolete ? lines.map((line) => `#~ ${line}`).join('\n') : [`#. ${note}`, ...lines].join('\n')
}

/** Each line of a text for itself, as PO editors write it. */
function inLines(text: string): string {
  const lines = text.split(/(?<=\n)/)
  return lines.length < 2 ? quoted(text) : ['""', ...lines.map(quoted)].join('\n')
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"\n\r\t]/g, (character) => escapes[character] ?? character)}"`
}
