/** Formats that every workbook has by number and that show a date or a time (ECMA-376 part 1 §18.8.30). */
const builtIn = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57])

/** Whether a number format shows a date or a time, by its number or its code. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn.has(id)
  // What stands in quotes, brackets or behind a backslash is shown as it is, or is a colour.
  const bare = code.replace(/"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|\\./gi, '').replace(/general/gi, '')
  return /[dmyhs]/i.test(bare) && !/^[^dmyhs]*e[+-]/i.test(bare)
}

const DAY_MS = 86_400_000
/** 1899-12-30: with it, days from 1900-03-01 on are right although 1900 is a leap year to Excel. */
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)

/** A serial number as `2026-03-05`, `2026-03-05T09:30` or, without a day, `09:30`; undefined for what is no date. */
export function excelDate(serial: number, is1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return undefined
  // To the minute: a time of day is a fraction that floating point only comes near to.
  const minutes = Math.round(serial * 1_440)
  const day = !is1904 && serial < 60 ? Math.floor(minutes / 1_440) + 1 : Math.floor(minutes / 1_440)
  const date = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + day * DAY_MS + (minutes % 1_440) * 60_000)
  const text = date.toISOString()
  if (serial < 1) return text.slice(11, 16)
  return minutes % 1_440 === 0 ? text.slice(0, 10) : text.slice(0, 16)
}
