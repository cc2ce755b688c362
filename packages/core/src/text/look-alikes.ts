/**
 * Whether a word was meant as one in Greek or Cyrillic letters although some of them are Latin ones that look the same.
 * Phones do this on their own: the GSM alphabet has no Greek capitals for which a Latin one will do (3GPP TS 23.038
 * §6.2.1), and `ΝΑΙ` leaves as `NAI`. Both words are folded.
 */
export function looksLike(said: string, wanted: string): boolean {
  return greekOrCyrillic.test(wanted) && skeleton(said) === skeleton(wanted)
}

const greekOrCyrillic = /[\p{sc=Greek}\p{sc=Cyrl}]/u

// Pairs that look alike as capitals: the folded letter and the Latin one.
const twins = new Map(
  ('αa βb εe ζz ηh ιi κk μm νn οo ρp τt υy χx ' + 'аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs')
    .split(' ')
    .map(([letter = '', latin = '']) => [letter, latin] as const),
)

function skeleton(word: string): string {
  return [...word].map((letter) => twins.get(letter) ?? letter).join('')
}
