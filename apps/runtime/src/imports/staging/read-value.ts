import { type ReadValue, readFieldValue } from '../../people/field-values.ts'
import type { FieldDefinition } from '../../people/fields.ts'
import type { ImportRules } from '../rules.ts'

/** A field's value as files have it: dates and numbers as the country writes them, yes and no in some languages. */
export function readCell(field: FieldDefinition, cell: string, { dates }: Pick<ImportRules, 'dates'>): ReadValue {
  return readFieldValue(field, plain(field, cell, dates))
}

function plain({ type }: FieldDefinition, cell: string, dates: ImportRules['dates']): string {
  switch (type) {
    case 'date':
      return isoDate(cell, dates)
    case 'number':
      return plainNumber(cell)
    case 'yes-no':
      return yesNo.get(cell.toLowerCase()) ?? cell
    default:
      return cell
  }
}

/** `5.3.2026`, `05/03/2026 9:30`, `2026. 03. 05.` as ISO 8601 writes them; what is no date stays as it is. */
function isoDate(cell: string, dates: ImportRules['dates']): string {
  const [, date = cell, time = ''] = /^(.*?)(?:[\sT]+(\d{1,2}:\d\d(?::\d\d)?))?$/.exec(cell.trim()) ?? []
  const yearFirst = /^(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\.?$/.exec(date)
  const yearLast = /^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\.?$/.exec(date)
  const behind = time === '' ? '' : ` ${time}`
  if (yearFirst !== null) return `${yearFirst[1]}-${yearFirst[2]}-${yearFirst[3]}${behind}`
  if (yearLast === null) return cell
  const [, first, second, year] = yearLast
  return dates === 'dmy' ? `${year}-${second}-${first}${behind}` : `${year}-${first}-${second}${behind}`
}

/** `1 234,5`, `1.234,5` and `1,234.5` are one number; `1,234` is thousands only where another sign says so. */
function plainNumber(cell: string): string {
  const text = cell.replace(/[\s\u00A0\u202F']/gu, '')
  const [comma, dot] = [text.lastIndexOf(','), text.lastIndexOf('.')]
  if (comma >= 0 && dot >= 0) {
    return comma > dot ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '')
  }
  return /^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text
}

const yesNo = new Map(
  Object.entries({
    yes: ['y', 'x', 'igen', 'i', 'ja', 'j', 'oui', 'o', 'sí', 'si', 's', 'tak', 't', 'da', 'igaz', 'wahr', 'vrai'],
    no: ['n', 'nem', 'nein', 'non', 'nie', 'ne', 'nu', 'hamis', 'falsch', 'faux'],
  }).flatMap(([word, spellings]) => spellings.map((spelling) => [spelling, word] as const)),
)
