import { buildAlphabet, defaultBasicTable, defaultExtensionTable, type Gsm7Alphabet } from '../gsm7-alphabet.ts'
import type { NationalTables } from './languages.ts'
import { lockingTables } from './locking-tables.ts'
import { singleShiftTables } from './single-shift-tables.ts'

const made = new Map<string, Gsm7Alphabet>()

/** The alphabet that the tables make together; where a language has no locking table, the default one stands. */
export function nationalAlphabet({ singleShift, lockingShift }: NationalTables): Gsm7Alphabet {
  const name = `${lockingShift} ${singleShift}`
  const known = made.get(name)
  if (known !== undefined) return known
  const basic = lockingShift && lockingTables[lockingShift]?.join('')
  const extension = singleShift && singleShiftTables[singleShift].join('')
  const alphabet = buildAlphabet(basic ?? defaultBasicTable, extension ?? defaultExtensionTable)
  made.set(name, alphabet)
  return alphabet
}
