/**
 * Scripts that are written without spaces between words, as the inside of a character class with the `u` flag. The
 * kana length mark is common to both kana.
 */
export const unspacedScripts = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u30FC\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}`

/**
 * A letter or digit that makes one word with a digit beside it; the source of a pattern with the `u` flag. Korean has
 * spaces, but glues counters to numbers.
 */
export const letterOfSpacedWord = String.raw`(?![${unspacedScripts}\p{sc=Hang}])[\p{L}\p{N}]`
