import { IEI, type InformationElement } from '../udh.ts'
import { type NationalLanguage, type NationalTables, nationalLanguages } from './languages.ts'

/** The elements that announce the tables of a text, one of 3 octets for each (3GPP TS 23.040 §9.2.3.24.15, .24.16). */
export function nationalElements({ singleShift, lockingShift }: NationalTables): InformationElement[] {
  return [
    ...(singleShift === undefined ? [] : [elementOf(IEI.singleShift, singleShift)]),
    ...(lockingShift === undefined ? [] : [elementOf(IEI.lockingShift, lockingShift)]),
  ]
}

/**
 * The tables that the elements announce, the last of each kind; undefined for the default alphabet. A language that nobody
 * has defined is as good as none, as §6.2.1.2.4 of 3GPP TS 23.038 asks.
 */
export function findNationalTables(elements: readonly InformationElement[]): NationalTables | undefined {
  const singleShift = languageOf(elements, IEI.singleShift)
  const lockingShift = languageOf(elements, IEI.lockingShift)
  if (singleShift === undefined && lockingShift === undefined) return undefined
  return {
    ...(singleShift === undefined ? {} : { singleShift }),
    ...(lockingShift === undefined ? {} : { lockingShift }),
  }
}

function elementOf(id: number, language: NationalLanguage): InformationElement {
  return { id, data: Uint8Array.of(1 + nationalLanguages.indexOf(language)) }
}

function languageOf(elements: readonly InformationElement[], wanted: number): NationalLanguage | undefined {
  const element = elements.findLast(({ id, data }) => id === wanted && data.length === 1)
  return nationalLanguages[(element?.data[0] ?? 0) - 1]
}
