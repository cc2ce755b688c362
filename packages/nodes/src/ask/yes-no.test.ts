import { expect, test } from 'vitest'
import { readYesNo } from './yes-no.ts'

test.each([
  ...['yes', 'YES!', 'Y', 'yeah', 'yep', 'Ok', 'okay', 'sure', '1', '1.', 'yes please', 'Yes, see you', 'of course'],
  ...['Sí', 'si claro', 'oui', 'Ja', 'igen', 'ya', 'sim', 'no problem', '👍', '👍🏿', 'sure thing'],
])('"%s" is a yes', (reply) => {
  expect(readYesNo(reply)).toBe(true)
})

test.each([
  ...['no', 'NO!', 'N', 'nope', 'nah', '2', '2)', 'no thanks', 'No, sorry', 'not today', 'never'],
  ...['non', 'nein', 'nem', 'tidak', 'Não', 'nee', '👎'],
])('"%s" is a no', (reply) => {
  expect(readYesNo(reply)).toBe(false)
})

test.each([
  ...['', '?', 'maybe', 'yes and no', 'no, yes', 'not sure', 'are you sure', 'I know', 'yesterday', 'nobody', '3'],
  ...['1 more question', 'y tu', 'nothing', 'noon'],
])('"%s" is neither', (reply) => {
  expect(readYesNo(reply)).toBeUndefined()
})
