import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { matchesPattern, maxPatternLength, problemOfPattern } from './pattern.ts'

afterEach(() => vi.unstubAllGlobals())

describe('a pattern', () => {
  test.each([
    { pattern: '\\d{4}', problem: undefined },
    { pattern: '(?P<code>[a-z]{2})-\\d+', problem: undefined },
    { pattern: '\\p{Thai}+|\\p{Arabic}+', problem: undefined },
    { pattern: '', problem: 'is empty' },
    { pattern: 'a'.repeat(maxPatternLength + 1), problem: `has more than ${maxPatternLength} characters` },
    { pattern: 'foo(?=bar)', problem: 'looks ahead or behind, which patterns that are always fast cannot do' },
    { pattern: '(?<!foo)bar', problem: 'looks ahead or behind, which patterns that are always fast cannot do' },
    { pattern: '(a)\\1', problem: 'refers back to an earlier group, which patterns that are always fast cannot do' },
    {
      pattern: '(?<n>a)\\k<n>',
      problem: 'refers back to an earlier group, which patterns that are always fast cannot do',
    },
    { pattern: 'a{2000}', problem: 'repeats too much: use smaller counts' },
    { pattern: '((a{100}){100}){100}', problem: 'repeats too much: use smaller counts' },
    { pattern: '(?:abcdefgh){900}', problem: 'repeats too much: use smaller counts' },
    { pattern: '[a-', problem: 'cannot be read: missing closing ]: "[a-"' },
    { pattern: 'a**', problem: 'cannot be read: invalid nested repetition operator: "**"' },
    { pattern: '(', problem: 'cannot be read: missing closing ): "("' },
  ])('"$pattern" $problem', ({ pattern, problem }) => {
    expect(problemOfPattern(pattern)).toBe(problem)
  })

  test.each(['(a+)+$', '(a|aa)+$', '(.*)*x', '(a?){60}a{60}', '([a-z]+)*\\d', '(x+x+)+y'])(
    'that stalls other engines is fast: %s',
    (pattern) => {
      const text = 'a'.repeat(1_600)
      const startMs = performance.now()
      for (const where of ['anywhere', 'whole'] as const) {
        matchesPattern(pattern, `${text}!`, where)
        matchesPattern(pattern, text.replaceAll('a', 'x'), where)
      }
      expect(performance.now() - startMs).toBeLessThan(2_000)
    },
  )

  test('never becomes a RegExp, and never throws', () => {
    const sources: string[] = []
    vi.stubGlobal(
      'RegExp',
      new Proxy(RegExp, {
        construct: (target, [source, flags]: [string | RegExp, string?]) => {
          sources.push(String(source))
          return new target(source, flags)
        },
        apply: (target, _self, [source, flags]: [string | RegExp, string?]) => {
          sources.push(String(source))
          return target(source, flags)
        },
      }),
    )
    const parts = [
      'a',
      'ő',
      '.',
      '*',
      '+',
      '?',
      '(',
      ')',
      '[',
      ']',
      '{2}',
      '|',
      '\\d',
      '\\',
      '^',
      '$',
      '(?i)',
      '(?=',
      '\\1',
    ]
    const pattern = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 12 }).map((list) => list.join(''))
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'ő', '1', ' ') }), (written, text) => {
        const isUsable = problemOfPattern(written) === undefined
        expect(matchesPattern(written, text, 'whole') && !isUsable).toBe(false)
        if (matchesPattern(written, text.trim(), 'whole')) expect(matchesPattern(written, text, 'anywhere')).toBe(true)
      }),
    )
    expect(sources).toEqual([])
  })
})
