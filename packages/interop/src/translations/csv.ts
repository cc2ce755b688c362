import Papa from 'papaparse'
import type { ReadTranslations } from './merge.ts'
import type { TranslationTable } from './table.ts'
import { TranslationFileError } from './translation-error.ts'

const languageTag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/**
 * The table as CSV (RFC 4180) with a byte order mark, so that Excel reads it as UTF-8: `key`, `note`, the base language,
 * then each other language. `language` keeps one of them only.
 */
export function toTranslationCsv(table: TranslationTable, language?: string): string {
  const languages = language === undefined ? table.languages : [language]
  const header = ['key', 'note', table.base, ...languages]
  const rows = table.rows.map(({ key, note, text, translations }) => [
    key,
    note,
    text,
    ...languages.map((each) => translations.get(each) ?? ''),
  ])
  return `\uFEFF${Papa.unparse([header, ...rows], { newline: '\r\n' })}\r\n`
}

/**
 * Reads such a table back, whatever separates its columns (Excel writes semicolons in some countries). The base language
 * is the author's and passed over, like the notes.
 * @throws TranslationFileError
 */
export function fromTranslationCsv(text: string, base: string): ReadTranslations {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) throw new TranslationFileError(`${broken.message}.`, (broken.row ?? 0) + 1)
  const [header = [], ...rows] = data
  const columns = header.map((name) => name.trim())
  const keyColumn = columns.indexOf('key')
  if (keyColumn === -1) throw new TranslationFileError('There is no column "key": keep the first line as it was.', 1)
  const languages = columns.flatMap((name, column) => {
    if (column === keyColumn || name === 'note' || name === base || name === '') return []
    if (!languageTag.test(name)) {
      throw new TranslationFileError(`"${name}" is no language: write a tag such as "hu" or "pt-BR".`, 1)
    }
    return [{ name, column }]
  })
  const read = new Map(languages.map(({ name }) => [name, new Map<string, string>()]))
  for (const [index, row] of rows.entries()) {
    const key = row[keyColumn]?.trim() ?? ''
    if (key === '')
      throw new TranslationFileError('There is no key in this row: each text needs the key it had.', index + 2)
    for (const { name, column } of languages) read.get(name)?.set(key, row[column] ?? '')
  }
  return read
}
