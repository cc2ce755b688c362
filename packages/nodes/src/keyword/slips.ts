import { consentAction, consentLanguages, editDistance, unspacedScripts } from '@textloom/core'

/**
 * Whether a word was meant as a keyword and slipped: one slip in words of four letters and more, two from eight on.
 * Nothing slips into or out of a short word, a number, a script without spaces, or a word of consent: who writes STOP to
 * the keyword SHOP means it.
 */
export function isSlipOf(said: string, wanted: string): boolean {
  const limit = slipsIn(wanted)
  if (limit === 0 || isWordOfConsent(said)) return false
  return said.length >= 3 && !/\p{N}/u.test(said) && editDistance(said, wanted, limit) <= limit
}

/** How many slips a keyword's word forgives. */
export function slipsIn(wanted: string): number {
  // Vowel signs are no letters: Indic words that look long are often two syllables.
  const { length } = wanted.replace(/\p{M}/gu, '')
  if (length < 4 || notForgiving.test(wanted) || isWordOfConsent(wanted)) return 0
  return length < 8 ? 1 : 2
}

const notForgiving = new RegExp(String.raw`[\p{N}\p{Extended_Pictographic}\p{sc=Hang}${unspacedScripts}]`, 'u')

function isWordOfConsent(word: string): boolean {
  return consentAction(word, { languages: consentLanguages, awaitingReply: false, optedOut: true }) !== undefined
}
