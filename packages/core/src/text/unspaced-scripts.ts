/**
 * Scripts that are written without spaces between words, as the inside of a character class with the `u` flag. Korean
 * has spaces, but glues particles and counters to its words.
 */
export const unspacedScripts = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}`

/** A letter or digit that makes one word with a letter or digit beside it; the source of a pattern with the `u` flag. */
export const letterOfSpacedWord = String.raw`(?![${unspacedScripts}])[\p{L}\p{N}]`
