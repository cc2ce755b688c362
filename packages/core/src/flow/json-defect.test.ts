import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonDefect } from './json-defect.ts'

describe('the place where a text is not JSON', () => {
  test.each([
    ['', 1, 1, 'the text ends, but a value must stand here'],
    ['hello', 1, 1, "a value must stand here, not 'hello'"],
    ['{\n  "a": 1,\n}', 3, 1, `a name in double quotes must stand here, not '}'`],
    ['{"a" 1}', 1, 6, `a ":" must stand here, not '1'`],
    ['{"a": 1 "b": 2}', 1, 9, `a "," or "}" must stand here, not '"'`],
    ["{'a': 1}", 1, 2, `a name in double quotes or "}" must stand here, not '''`],
    ['[1, 2', 1, 6, 'the text ends, but a "," or "]" must stand here'],
    ['[1}', 1, 3, `a "," or "]" must stand here, not '}'`],
    ['[1,]', 1, 4, "a value must stand here, not ']'"],
    ['[] []', 1, 4, "nothing more may stand here, not '['"],
    ['[01]', 1, 3, `a "," or "]" must stand here, not '1'`],
    ['["a\nb"]', 1, 4, 'the text in quotes is not closed on its line'],
    ['["a', 1, 4, 'the text in quotes is not closed'],
    ['["a\\x"]', 1, 4, "'\\x' is no escape that JSON knows"],
    ['[\u00A01]', 1, 2, 'a value or "]" must stand here, not U+00A0'],
    ['[NaN]', 1, 2, `a value or "]" must stand here, not 'NaN'`],
    ['// flow\n{}', 1, 1, "a value must stand here, not '/'"],
    ['[😀]', 1, 2, `a value or "]" must stand here, not '😀'`],
  ])('%j breaks at line %i, column %i', (text, line, column, says) => {
    expect(jsonDefect(text)).toEqual({ line, column, says })
  })

  test.each(['null', ' [1, -2.5e+3, 0, "\\u00e9\\n", {"a": {}, "b": []}, true]\r\n', '"\u2028"'])(
    '%j is JSON',
    (text) => {
      expect(jsonDefect(text)).toBeUndefined()
    },
  )

  test('is found exactly when JSON.parse refuses the text', () => {
    const pieces = fc.constantFrom(
      ...'{}[]:,"\\ \n',
      '"a"',
      '1',
      '-',
      '0',
      '.5',
      'e1',
      'null',
      'tru',
      '\\u00e',
      '\u0001',
    )
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.tuple(fc.json(), fc.nat(), pieces).map(([json, at, piece]) => json.slice(0, at % json.length) + piece),
      fc.json(),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(jsonDefect(text) === undefined).toBe(parses(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('is found in a hundred thousand lists in each other, and behind a long text', () => {
    expect(jsonDefect('['.repeat(100_000))).toMatchObject({ column: 100_001 })
    expect(jsonDefect(`["${'a\\n'.repeat(1_000_000)}" x]`)).toMatchObject({ column: 3_000_005 })
  })
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
