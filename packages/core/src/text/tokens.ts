import { fold } from '../text-fold.ts'
import { unspacedScripts } from './unspaced-scripts.ts'

/**
 * What a text is made of when phrases are looked for in it, folded: words of scripts with spaces, single syllables of
 * scripts without (a letter with its vowel signs, tone marks and subscripts), and emoji. `หยุดเลย!` gives `ห`, `ยุ`, `ด`,
 * `เล`, `ย`. No dictionary is asked, so that a text has the same tokens in every browser and on the server.
 */
export function tokens(text: string): readonly string[] {
  return fold(text).match(token) ?? []
}

/** Whether a token is an emoji rather than a part of a word. */
export function isEmoji(text: string): boolean {
  return emojiOnly.test(text)
}

// Thai and Lao write some vowels before their consonant and some after it as letters of their own; Khmer and Burmese
// stack a consonant under the one before by a mark between them; small kana and the length mark sound with what they
// follow (Unicode 16, §16.1, §16.4, §16.3, §18.4).
const vowelBefore = String.raw`[\u0E40-\u0E44\u0EC0-\u0EC4]`
const goesOn = String.raw`[\u17D2\u1039]\p{L}|\p{M}|[\u0E30\u0E32\u0E45\u0EB0\u0EB2\u30FCぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]`
const syllable = String.raw`(?:${vowelBefore}(?=[${unspacedScripts}]))?(?=[\p{L}\p{N}])[${unspacedScripts}](?:${goesOn})*`
const spacedWord = String.raw`(?:(?![${unspacedScripts}])[\p{L}\p{N}]\p{M}*)+`
const emoji = String.raw`\p{RI}{2}|\p{Extended_Pictographic}`

const token = new RegExp(`${syllable}|${spacedWord}|${emoji}`, 'gu')
const emojiOnly = new RegExp(`^(?:${emoji})$`, 'u')
