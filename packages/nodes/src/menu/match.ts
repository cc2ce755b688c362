import { wordOf } from '../options.ts'

/** Whether a reply is one of the words that pick an option. */
export function picks(words: readonly string[], reply: string): boolean {
  return words.includes(wordOf(reply))
}
