import { excelDate } from './excel-date.ts'
import { FileRefusal } from './file-refusal.ts'
import { fileLimits } from './limits.ts'
import { type Sheet, unescaped, type Workbook } from './workbook.ts'
import type { WorkbookParts } from './workbook-parts.ts'
import { hearXml } from './xml-events.ts'

/** A row with its number in the sheet, from 1. */
export interface NumberedRow {
  readonly n: number
  readonly cells: readonly string[]
}

/** The rows of a sheet (ECMA-376 part 1 §18.3) that have cells, as they are unpacked. @throws FileRefusal */
export async function* sheetRows(parts: WorkbookParts, workbook: Workbook, sheet: Sheet): AsyncGenerator<NumberedRow> {
  let ready: NumberedRow[] = []
  let n = 0
  let cells: string[] = []
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let isValue = false
  let isSound = false

  const pieces = hearXml(await parts.open(sheet.part), {
    open(name, attributes) {
      switch (name) {
        case 'row':
          n = Number(attributes.r ?? n + 1)
          cells = []
          column = -1
          break
        case 'c':
          column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
          type = attributes.t ?? 'n'
          style = Number(attributes.s ?? 0)
          value = ''
          break
        case 'rPh':
          isSound = true
          break
        case 'v':
        case 't':
          isValue = !isSound
          break
      }
    },
    text(text) {
      if (!isValue) return
      value += text
      if (value.length > fileLimits.cell * 2) throw tooLong(n)
    },
    close(name) {
      switch (name) {
        case 'v':
        case 't':
          isValue = false
          break
        case 'rPh':
          isSound = false
          break
        case 'c': {
          const text = textOf(workbook, type, style, value)
          if (text === '') break
          if (column >= fileLimits.columns || column < 0) throw tooWide(n)
          while (cells.length < column) cells.push('')
          cells[column] = text
          break
        }
        case 'row':
          ready.push({ n, cells })
          break
      }
    },
  })
  for await (const _piece of pieces) {
    const rows = ready
    ready = []
    yield* rows
  }
  yield* ready
}

/** What a cell shows, as text that means the same wherever it is read. */
function textOf({ texts, dateStyles, is1904 }: Workbook, type: string, style: number, value: string): string {
  switch (type) {
    case 's':
      return texts[Number(value)] ?? ''
    case 'b':
      return value === '1' ? 'TRUE' : value === '' ? '' : 'FALSE'
    case 'd':
      return value.replace(/(T\d\d:\d\d):00(?:\.0+)?Z?$/, '$1').replace(/T00:00$/, '')
    case 'n': {
      if (value === '') return ''
      const number = Number(value)
      if (dateStyles.has(style)) return excelDate(number, is1904) ?? value
      return numberText(number, value)
    }
    default:
      return unescaped(value)
  }
}

/** `36301234567`, not `3.6301234567E10`: phone numbers are numbers to Excel. */
function numberText(number: number, value: string): string {
  if (!Number.isFinite(number)) return value
  if (Number.isSafeInteger(number)) return String(number)
  // Excel shows 15 digits; the 16th and 17th are what binary makes of decimals.
  return String(Number(number.toPrecision(15)))
}

/** `AB12` is in column 27. */
function columnOf(place: string): number {
  let column = 0
  for (const letter of place) {
    const code = letter.charCodeAt(0)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return column - 1
}

function tooWide(n: number): FileRefusal {
  return new FileRefusal(
    'too-large',
    `Row ${n} has values beyond column ${fileLimits.columns}: keep what is to be imported, at most ${fileLimits.columns} columns.`,
  )
}

function tooLong(n: number): FileRefusal {
  return new FileRefusal(
    'too-large',
    `A cell in row ${n} has more than ${fileLimits.cell.toLocaleString('en')} characters.`,
  )
}
