import { countSegments, replaceForGsm7, type Ucs2Cause } from '@textloom/sms'
import { soundness } from './issue-codes.ts'
import { messageTexts } from './message-texts.ts'
import type { Check } from './subject.ts'

/** A text of more segments than this is better said in fewer words: each is paid for and can arrive late. */
export const maxAdvisedSegments = 6

/** Texts that cost more than they need to: too long, or Unicode for the sake of a few characters that GSM 7-bit has. */
export const checkTextCost: Check = ({ flow, nodes }) => {
  const languages = [flow.languages.base, ...(flow.languages.others ?? [])]
  return nodes.flatMap((node) =>
    languages.flatMap((language) =>
      messageTexts(node, language, flow)
        // A text without a translation is told once, in its own language.
        .filter((text) => text.language === language)
        .flatMap(({ path, place, extent: { longest } }) => {
          const info = countSegments(longest)
          const replaced = countSegments(replaceForGsm7(longest))
          const where = `"${path}"${languages.length > 1 ? ` (${language})` : ''}`
          if (replaced.segments < info.segments && replaced.encoding === 'gsm7' && isTypography(info.ucs2Because)) {
            const characters = namesOf(info.ucs2Because)
            const message = `${where} takes ${info.segments} segments because of ${characters}; ${replaced.segments} with what GSM 7-bit has instead.`
            return [soundness('flow/forces-ucs2', place, message, node.id)]
          }
          if (info.segments <= maxAdvisedSegments) return []
          const message = `${where} takes up to ${info.segments} segments (${info.encoding === 'gsm7' ? 'GSM 7-bit' : 'UCS-2'}): say it in fewer words, or in two texts.`
          return [soundness('flow/long-text', place, message, node.id)]
        }),
    ),
  )
}

/** Letters that a language needs are no slip of the keyboard; quotation marks, dashes and spaces of a word processor are. */
function isTypography(causes: readonly Ucs2Cause[]): boolean {
  return causes.length > 0 && causes.every(({ character }) => !/\p{L}/u.test(character))
}

function namesOf(causes: readonly Ucs2Cause[]): string {
  const distinct = new Map(causes.map(({ character, replacement = '' }) => [character, replacement]))
  return [...distinct]
    .map(([character, replacement]) => `${nameOf(character)}${replacement === '' ? '' : ` (${nameOf(replacement)})`}`)
    .join(', ')
}

function nameOf(character: string): string {
  if (character === ' ') return 'space'
  if (character.trim() !== '' && !/\p{Cf}/u.test(character)) return character
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
