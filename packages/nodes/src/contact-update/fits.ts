import { isZone } from '@textloom/core'

/** Whether a text can be a language tag (BCP 47), for example `pt-BR`. */
export function isLanguage(text: string): boolean {
  if (!/^[A-Za-z]{2,3}(?:-|$)/.test(text)) return false
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** What the parts of a contact that texts and clocks go by must be. */
export const fitsAs = {
  name: (text: string): boolean => text !== '',
  language: isLanguage,
  timezone: isZone,
} as const

/** A part of a contact that every contact has. */
export type ContactPart = keyof typeof fitsAs
