import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { splitLanguage } from './index.ts'
import { speaks } from './match.ts'

test.each([
  { spoken: 'pt', wanted: 'pt', expected: true },
  { spoken: 'pt-BR', wanted: 'pt', expected: true },
  { spoken: 'PT_br', wanted: 'pt-BR', expected: true },
  { spoken: 'zh-Hant-TW', wanted: 'zh-Hant', expected: true },
  { spoken: 'pt', wanted: 'pt-BR', expected: false },
  { spoken: 'pt-PT', wanted: 'pt-BR', expected: false },
  { spoken: 'est', wanted: 'es', expected: false },
  { spoken: undefined, wanted: 'en', expected: false },
  { spoken: '', wanted: '', expected: false },
])('who speaks $spoken is meant by $wanted: $expected', ({ spoken, wanted, expected }) => {
  expect(speaks(spoken, wanted)).toBe(expected)
})

const languages = [
  { id: 'brazil', language: 'pt-BR' },
  { id: 'portuguese', language: 'pt' },
]

test.each([
  { language: 'pt-BR', leftBy: 'brazil' },
  { language: 'pt-PT', leftBy: 'portuguese' },
  { language: 'en', leftBy: 'other' },
])('a contact who speaks $language leaves by $leftBy', ({ language, leftBy }) => {
  expect(sessionOn(splitLanguage, { languages }, { contact: { language } }).leftBy).toBe(leftBy)
})

test('a narrower language below a wider one is never reached', () => {
  const issues = splitLanguage.check?.({ languages: languages.toReversed() }) ?? []
  expect(issues.map(({ code, path }) => `${code} at ${path}`)).toEqual(['picks/never at languages[1].language'])
  expect(splitLanguage.check?.({ languages })).toEqual([])
})
