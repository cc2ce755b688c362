import { FileRefusal } from './file-refusal.ts'

/** What a file is by its content; names lie. */
export type FileKind = 'csv' | 'xlsx'

interface Look {
  readonly begins: string
  readonly what: string
  readonly todo: string
}

/** In Latin-1, as octets. */
const others: readonly Look[] = [
  {
    begins: '\xD0\xCF\x11\xE0',
    what: 'a workbook of Excel 2003 or older, or one with a password',
    todo: 'open it in Excel and save it as .xlsx without a password',
  },
  { begins: '%PDF', what: 'a PDF document', todo: 'export the table as .csv or .xlsx instead' },
  { begins: '\x1F\x8B', what: 'a compressed file', todo: 'unpack it first' },
  { begins: 'Rar!', what: 'a compressed file', todo: 'unpack it first' },
  { begins: '7z\xBC\xAF', what: 'a compressed file', todo: 'unpack it first' },
  { begins: '\x89PNG', what: 'a picture', todo: 'choose the table itself' },
  { begins: '\xFF\xD8\xFF', what: 'a picture', todo: 'choose the table itself' },
  { begins: 'GIF8', what: 'a picture', todo: 'choose the table itself' },
  { begins: 'SQLite format 3', what: 'a database', todo: 'export the table as .csv' },
]

/** Tells by the first octets what a file is. @throws FileRefusal for what is no table */
export function fileKind(octets: Uint8Array): FileKind {
  if (octets.length === 0) throw new FileRefusal('empty', 'The file is empty: choose another one.')
  const head = Buffer.from(octets.buffer, octets.byteOffset, Math.min(octets.length, 512)).toString('latin1')
  if (head.startsWith('PK')) return 'xlsx'
  const found = others.find(({ begins }) => head.startsWith(begins))
  if (found !== undefined) throw notATable(found)
  const text = head.replaceAll('\0', '').replace(/^(?:\xEF\xBB\xBF|\xFF\xFE|\xFE\xFF)/, '')
  if (/^\s*(?:<!doctype\s+html|<html|<table|<head|<meta)/i.test(text)) {
    throw notATable({ what: 'a web page', todo: 'open it in a spreadsheet and save it as .xlsx or .csv' })
  }
  if (/^\s*(?:<\?xml|<!DOCTYPE)/.test(text)) {
    throw notATable({ what: 'an XML document', todo: 'open it in a spreadsheet and save it as .xlsx or .csv' })
  }
  return 'csv'
}

function notATable({ what, todo }: Pick<Look, 'what' | 'todo'>): FileRefusal {
  return new FileRefusal('not-a-table', `This is ${what}, not a table: ${todo}.`)
}
