import { describe, expect, test } from 'vitest'
import { hashPassword, isPasswordOf } from './password-hash.ts'
import { LONGEST_PASSWORD, passwordProblem } from './password-rules.ts'

const about = { email: 'ada.lovelace@example.org', name: 'Ada Lovelace' }

describe('a password', () => {
  test.each([
    'four words are enough',
    'Tr0ub4dor&3xyz',
    'ßüß-größe-öl',
    '🐎🔋📎✅🎈🧵🪡🧶🪢🧷',
    'пароль не слово',
    'a'.repeat(60) + 'b'.repeat(5),
    `x${' y'.repeat(499)}`,
  ])('such as "%s" is taken', (password) => {
    expect(passwordProblem(password, about)).toBeUndefined()
  })

  test.each([
    ['', /at least 10/],
    ['ninechars', /at least 10/],
    ['🐎🔋📎✅🎈🧵🪡🧶🪢', /at least 10/],
    ['x'.repeat(LONGEST_PASSWORD + 1), /at most 1000/],
    ['1234567890', /guessed first/],
    ['9876543210', /guessed first/],
    ['abcdefghijkl', /guessed first/],
    ['aaaaaaaaaaaa', /guessed first/],
    ['abcabcabcabca', /guessed first/],
    ['12121212121', /guessed first/],
    ['qwertyuiop', /guessed first/],
    ['1qaz2wsx3edc', /guessed first/],
    ['Password2024', /guessed first/],
    ['P@ssw0rd!!!!', /guessed first/],
    ['!!Passw0rd123', /guessed first/],
    ['WELCOME12345', /guessed first/],
    ['iloveyou1234', /guessed first/],
    ['Admin123456!', /guessed first/],
    ['textloom2026', /guessed first/],
    ['Ａｄｍｉｎ１２３４５６', /guessed first/],
    ['ada.lovelace@example.org', /not your e-mail address/],
    ['Ada.Lovelace1815', /not your e-mail address/],
  ])('such as "%s" is refused: %s', (password, says) => {
    expect(passwordProblem(password, about)).toMatch(says)
  })

  test('is the same however its characters are composed', async () => {
    expect(await isPasswordOf(await hashPassword('Zoë’s café'), 'Zoe\u0308’s cafe\u0301')).toBe(true)
  })

  test('belongs to no account that has none', async () => {
    expect(await isPasswordOf(null, 'nobody has this password')).toBe(false)
    expect(await isPasswordOf(undefined, '')).toBe(false)
  })
})
