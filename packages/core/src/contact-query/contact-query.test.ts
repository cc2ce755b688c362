import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ContactQuery, ContactQueryError, contactOperators } from './ast.ts'
import { parseContactQuery } from './parse.ts'
import { writeContactQuery } from './write.ts'

describe('a query is read', () => {
  test.each([
    { text: 'name = Anna', read: 'name = Anna' },
    { text: 'NAME="Anna Kiss"', read: 'name = "Anna Kiss"' },
    { text: 'name = “Anna”', read: 'name = "Anna"' },
    { text: 'anna', read: '"anna"' },
    { text: '"anna kiss" and group = vip', read: '"anna kiss" and group = vip' },
    { text: 'a = b'.replace('a', 'field.City_2'), read: 'field.City_2 = b' },
    {
      text: 'consent = in or consent( "spring offers" ) != out',
      read: 'consent = in or consent("spring offers") != out',
    },
    { text: 'last-reply > -30d', read: 'last-reply > -30d' },
    { text: 'created >= 2026-03-01T09:30', read: 'created >= 2026-03-01T09:30' },
    { text: 'phone ~ +3630', read: 'phone ~ +3630' },
    { text: 'not (name = a or name = b) and language = hu', read: 'not (name = a or name = b) and language = hu' },
    { text: 'name = a or name = b and name = c', read: 'name = a or name = b and name = c' },
    { text: '(name = a or name = b) and name = c', read: '(name = a or name = b) and name = c' },
    { text: String.raw`name = "5\" \\ 3"`, read: String.raw`name = "5\" \\ 3"` },
    { text: 'not not "x"', read: 'not not "x"' },
  ])('$text', ({ text, read }) => {
    expect(writeContactQuery(parseContactQuery(text))).toBe(read)
  })
})

describe('what cannot be read is told, and where', () => {
  test.each([
    { text: '', column: 1, says: 'is empty' },
    { text: 'name =', column: 7, says: 'nothing to compare with' },
    { text: 'name = "Anna', column: 8, says: 'never closed' },
    { text: 'nam = Anna', column: 1, says: 'Did you mean "name"?' },
    { text: 'field = Anna', column: 1, says: 'field.city' },
    { text: 'field.2x = Anna', column: 1, says: 'no name of a field' },
    { text: 'name = a name = b', column: 10, says: '"and" or "or"' },
    { text: '(name = a', column: 1, says: 'never closed' },
    { text: 'name = a)', column: 9, says: 'never opened' },
    { text: 'name = a and', column: 13, says: 'the query ends' },
    { text: 'and name = a', column: 1, says: '"and" stands' },
    { text: 'name & a', column: 6, says: '"&" means nothing' },
    { text: 'consent(news = in', column: 8, says: 'never closed' },
    { text: 'consent() = in', column: 9, says: 'want a topic' },
    { text: 'name(x) = in', column: 1, says: 'only consent has brackets' },
    { text: `${'('.repeat(30)}name = a${')'.repeat(30)}`, column: 22, says: 'more than 20' },
    { text: `name = "${'x'.repeat(3_000)}"`, column: 1, says: 'at most 2000' },
  ])('$text', ({ text, column, says }) => {
    const read = () => parseContactQuery(text)
    expect(read).toThrow(ContactQueryError)
    expect(read).toThrow(says)
    expect(read).toThrow(expect.objectContaining({ column }))
  })
})

const words = fc.string({ unit: 'grapheme', maxLength: 12 })
const subject = fc.oneof(
  fc.constantFrom('phone', 'name', 'group', 'created', 'last-reply').map((of) => ({ of }) as never),
  words.map((topic) => ({ of: 'consent', topic: topic.trim() === '' ? '' : topic }) as never),
  fc.constantFrom('city', '_a1').map((key) => ({ of: 'field', key }) as never),
)
const { query } = fc.letrec<{ query: ContactQuery }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      kind: fc.constant('test' as const),
      subject,
      operator: fc.constantFrom(...contactOperators),
      value: fc.record({ text: words, isQuoted: fc.constant(true), at: fc.constant(0) }),
      at: fc.constant(0),
    }),
    fc.record({ kind: fc.constant('words' as const), text: words, at: fc.constant(0) }),
    fc.record({ kind: fc.constant('not' as const), part: tie('query') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}))

test('what is written is read as it was meant', () => {
  fc.assert(
    fc.property(query, (made) => {
      const written = writeContactQuery(made)
      if (written.length > 2_000) return
      expect(writeContactQuery(parseContactQuery(written))).toBe(written)
      expect(flat(parseContactQuery(written))).toEqual(flat(made))
    }),
    { numRuns: 60 },
  )
})

test('no text makes the reader do anything but read or complain', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('name', '=', '"', '(', ')', 'and', 'not', 'consent', '~', ' ', 'x', '\\')),
      (parts) => {
        try {
          parseContactQuery(parts.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(ContactQueryError)
        }
      },
    ),
    { numRuns: 200 },
  )
})

/** Without places, and with what is joined by the same word joined once: `a and (b and c)` means what it says. */
function flat(made: ContactQuery): unknown {
  switch (made.kind) {
    case 'test':
      return { ...made, at: 0, value: { ...made.value, at: 0 } }
    case 'words':
      return { ...made, at: 0 }
    case 'not':
      return { kind: 'not', part: flat(made.part) }
    default:
      return { kind: made.kind, parts: made.parts.map(flat) }
  }
}
