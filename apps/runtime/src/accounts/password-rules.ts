import { commonPasswords, commonWords } from './common-passwords.ts'

const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 1_000

/**
 * What is wrong with a password that somebody chose, as a sentence; undefined when it is fine. Length and being hard
 * to guess count, kinds of characters do not (NIST SP 800-63B §3.1.1.2).
 */
export function passwordProblem(password: string, about: { readonly email: string; readonly name?: string }) {
  const length = [...password].length
  if (length < SHORTEST_PASSWORD) {
    return `Choose a password of at least ${SHORTEST_PASSWORD} characters; a few words together are easy to remember.`
  }
  if (length > LONGEST_PASSWORD) return `Choose a password of at most ${LONGEST_PASSWORD} characters.`
  const plain = password.normalize('NFKC').toLowerCase()
  if (isAbout(plain, about)) return 'Choose a password that is not your e-mail address or name.'
  if (isCommon(plain)) return 'This password is one of those that are guessed first. Choose another one.'
  return undefined
}

function isAbout(plain: string, { email, name = '' }: { email: string; name?: string }): boolean {
  const address = email.toLowerCase()
  const [mailbox = ''] = address.split('@')
  const bare = lettersIn(plain)
  return plain === address || [mailbox, name.toLowerCase()].some((own) => own !== '' && bare === lettersIn(own))
}

function isCommon(plain: string): boolean {
  if (commonPasswords.has(plain) || isRepetition(plain) || isRun(plain)) return true
  // "Passw0rd2024!" is the word "password" with ornaments, which guessers try on every word.
  return [plain, plain.replace(/^[^a-z]+|[^a-z]+$/g, '')].some((text) => commonWords.has(lettersIn(unleet(text))))
}

/** `aaaaaaaaaa`, `abcabcabcabc`, `12121212121`. */
function isRepetition(text: string): boolean {
  return [1, 2, 3, 4].some((width) => text === text.slice(0, width).repeat(text.length).slice(0, text.length))
}

/** Neighbours in the alphabet or among the digits, up or down: `1234567890`, `zyxwvutsrq`. */
function isRun(text: string): boolean {
  return ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz'].some(
    (row) => row.includes(text) || [...row].reverse().join('').includes(text),
  )
}

function unleet(text: string): string {
  const letters: { readonly [sign: string]: string } = {
    0: 'o',
    1: 'i',
    3: 'e',
    4: 'a',
    5: 's',
    7: 't',
    '@': 'a',
    $: 's',
  }
  return text.replace(/[013457@$]/g, (sign) => letters[sign] ?? sign)
}

function lettersIn(text: string): string {
  return text.replace(/[^\p{L}]+/gu, '')
}
