import { expect, test } from 'vitest'
import { fill, fillText, placeholdersIn } from './template.ts'

const values = {
  to: '+36301234567',
  text: 'a "b" & {{id}} \\ ő',
  segments: 2,
  media: ['https://a/1', 'https://a/2'],
  none: undefined,
}

test.each([
  { what: 'a lone placeholder is its value', template: '{{to}}', filled: '+36301234567' },
  { what: 'blanks in it do not count', template: '{{ to }}', filled: '+36301234567' },
  { what: 'a number stays one', template: { n: '{{segments}}' }, filled: { n: 2 } },
  { what: 'within a text it is written out', template: { n: 'x{{segments}}' }, filled: { n: 'x2' } },
  { what: 'a list becomes a list', template: { m: '{{media}}' }, filled: { m: ['https://a/1', 'https://a/2'] } },
  { what: 'a list within a list', template: ['{{to}}'], filled: ['+36301234567'] },
  { what: 'what the MT has not is left out', template: { a: '{{none}}', b: 'x{{none}}', c: 1 }, filled: { c: 1 } },
  { what: 'what is no text stays', template: { a: true, b: null, c: 1.5 }, filled: { a: true, b: null, c: 1.5 } },
  { what: 'a value is no template', template: { t: 'say {{text}}' }, filled: { t: 'say a "b" & {{id}} \\ ő' } },
  { what: 'names are not inherited', template: { t: '{{constructor}}', u: '{{toString}}' }, filled: {} },
])('$what', ({ template, filled }) => expect(fill(template, values)).toEqual(filled))

test('a value is escaped for its place', () => {
  expect(fillText('https://a/{{to}}?t={{text}}', values, encodeURIComponent)).toBe(
    'https://a/%2B36301234567?t=a%20%22b%22%20%26%20%7B%7Bid%7D%7D%20%5C%20%C5%91',
  )
})

test('every placeholder is found once', () => {
  expect(placeholdersIn({ a: '{{to}} {{text}}', b: ['{{to}}', { c: '{{ id }}' }], d: 1 })).toEqual(['to', 'text', 'id'])
})
