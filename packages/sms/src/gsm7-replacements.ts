import { isGsm7 } from './gsm7.ts'

/**
 * What may stand in for a character that GSM 7-bit lacks: `“` → `"`, `á` → `a`, `…` → `...`, an empty string for one that
 * is invisible anyway; undefined if nothing does it justice (Chinese, emoji). Takes one character as people see it: a
 * letter may come with combining marks.
 */
export function gsm7Replacement(character: string): string | undefined {
  const composed = character.normalize('NFC')
  if (isGsm7(composed)) return composed
  const lookalike = lookalikes.get(composed.replace(EMOJI_STYLE, ''))
  if (lookalike !== undefined) return lookalike
  const bare = withoutMarks(composed)
  if (isGsm7(bare)) return bare === '' ? undefined : bare
  // Greek is written in capitals: those that Latin lacks are in the alphabet, the others look like Latin letters.
  const capital = [...bare.toUpperCase()].map((letter) => greekCapitals.get(letter) ?? letter).join('')
  return isGreek(bare) && isGsm7(capital) ? capital : undefined
}

/** The text with every character replaced for which {@link gsm7Replacement} knows one. */
export function replaceForGsm7(text: string): string {
  if (isGsm7(text)) return text
  return visibleCharacters(text)
    .map(({ segment }) => (isGsm7(segment) ? segment : (gsm7Replacement(segment) ?? segment)))
    .join('')
}

/** The characters of a text as people see them (grapheme clusters), each with its index in code units. */
export function visibleCharacters(text: string): { readonly segment: string; readonly index: number }[] {
  return [...clusters.segment(text)]
}

// U+FE0F asks for the coloured picture of a character: ☺ and ☺️ are the same smile.
const EMOJI_STYLE = '\ufe0f'
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' })

function withoutMarks(character: string): string {
  return character.normalize('NFKD').replace(/\p{M}/gu, '')
}

function isGreek(character: string): boolean {
  return /^\p{Script=Greek}+$/u.test(character)
}

const greekCapitals = new Map(Object.entries(pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX')))

// Only what compatibility decomposition does not know; that one turns ﬁ into fi, ² into 2 and Ａ into A by itself.
const lookalikes = new Map<string, string>([
  ...each('“”„‟«»″〝〞❝❞ˮ', '"'),
  ...each('‘’‚‛′ʹʻʼʽˈˊˋ´`❛❜', "'"),
  ...each('‐‑‒–—―−⁃•‣·∙', '-'),
  ...each('‹〈', '<'),
  ...each('›〉', '>'),
  ...each('⁄∕÷', '/'),
  ...each('∗⁎★☆', '*'),
  ...each('×✕✖', 'x'),
  ...each('¦∣', '|'),
  ...each('¬', '-'),
  ...each('\u0085\u2028\u2029', '\n'),
  ...each('\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t', ' '),
  // Zero-width space, word joiner, byte order mark, soft hyphen, direction marks: nothing to see.
  ...each('\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069', ''),
  ...Object.entries({ '…': '...', '‥': '..', '→': '->', '←': '<-', '↔': '<->', '⇒': '=>' }),
  ...Object.entries({ '≤': '<=', '≥': '>=', '≠': '!=', '≈': '~', '±': '+/-', '‰': '0/00' }),
  ...Object.entries({ '©': '(c)', '®': '(r)', '™': '(tm)', '℠': '(sm)', '°': 'o', ª: 'a', º: 'o', µ: 'u' }),
  ...Object.entries({
    '¢': 'c',
    '₣': 'Fr',
    '₤': '£',
    '₩': 'W',
    '₪': 'ILS',
    '₫': 'd',
    '₹': 'Rs',
    '₺': 'TL',
    '₽': 'RUB',
  }),
  ...Object.entries({ '¼': '1/4', '½': '1/2', '¾': '3/4', '⅓': '1/3', '⅔': '2/3' }),
  ...Object.entries({ œ: 'oe', Œ: 'OE', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ħ: 'h', Ħ: 'H' }),
  ...Object.entries({ ł: 'l', Ł: 'L', ı: 'i', ŀ: 'l', Ŀ: 'L', ŋ: 'n', Ŋ: 'N', ŧ: 't', Ŧ: 'T', ẞ: 'SS', ſ: 's' }),
  // The alphabet has capital Ç only (3GPP TS 23.038 §6.2.1).
  ...Object.entries({ ç: 'c' }),
  ...Object.entries({ '☺': ':)', '☹': ':(', '♥': '<3', '❤': '<3' }),
])

function each(characters: string, replacement: string): [string, string][] {
  return [...characters].map((character) => [character, replacement])
}

function pairs(from: string, to: string): Record<string, string> {
  return Object.fromEntries([...from].map((character, index) => [character, to[index] ?? character]))
}
