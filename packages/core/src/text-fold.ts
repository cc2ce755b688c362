/**
 * The form of a text in which a person's spelling no longer matters: equal after `fold` means "wrote the same". Case,
 * accents, width, kinds of space and digit, apostrophes and invisible characters are taken away, so that `¡SÍ!`, `si`
 * and `Ｓｉ` differ in punctuation only. `fold(fold(text))` is `fold(text)`.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim()
  return (
    text
      .replace(apostrophes, '')
      .normalize('NFKD')
      .replace(accents, '')
      .replace(unseen, '')
      .toLowerCase()
      .replace(lettersApart, (letter) => letterTable[letter] ?? letter)
      .replace(otherDigits, asciiDigit)
      .replace(/\s+/gu, ' ')
      .trim()
      // Hangul syllables and voiced kana that NFKD took apart are whole again, so that prefixes stay letters.
      .normalize('NFC')
  )
}

/** The words of a text, folded: runs of letters, digits and their marks; `Don't stop!` gives `dont`, `stop`. */
export function words(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}

/**
 * A text folded and without the punctuation and space around it: what is left of `"Yes!!"` is `yes`. Dashes stay, for
 * `-1` is not `1` and blood group `A-` is not `A`.
 */
export function foldBare(text: string): string {
  // One greedy match instead of two trims, which would look at long runs of dots again and again.
  return fold(text).match(bare)?.[0] ?? ''
}

// ASCII without controls and apostrophes: most texts, for which only case and spaces are left to do.
const plain = /^[ -&(-_a-~]*$/

// From the first to the last character that is neither space nor punctuation other than a dash (\p{Pd}).
const bare = /[^\p{Z}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}](?:.*[^\p{Z}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}])?/su

// Marks that a hurried writer leaves out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels and the
// hamza above or below. Vowel signs of Indic scripts and the kana voicing marks are letters in all but name, and stay.
const accents =
  /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7]|[\u0610-\u061A\u064B-\u065F\u0670]|[\u06D6-\u06DC]|[\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20F0]/gu

// Taken away before NFKD, which would make U+00B4 a space: `don´t` is one word, and mostly written `dont` anyway.
const apostrophes = /['`´‘’ʼ]/gu

// Variation selectors, joiners, soft hyphens; skin tones; the Arabic tatweel.
const unseen = /\p{Default_Ignorable_Code_Point}|\p{Emoji_Modifier}|\u0640/gu

// Letters with a stroke or a second half have no decomposition in Unicode (UnicodeData.txt, field 5).
const letterTable: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  // Arabic, Persian and Urdu keyboards have keys of their own for what is one letter to a hurried writer.
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ہ: 'ه',
  ک: 'ك',
}
const lettersApart = /[ßæœøłđðþħıςٱىیةہک]/gu

const otherDigits = /(?![0-9])\p{Nd}/gu

/** Decimal digits of every script stand in blocks of ten that begin with the zero (Unicode 16, §4.6). */
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value += 1
  return String(value)
}
