import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstPath, simplePath, templateParts } from './template-parts.ts'

test.each<[string, string[]]>([
  ['Hello', ['text Hello']],
  ['Hi {{ contact.name }}!', ['text Hi ', 'output {{ contact.name }}', 'text !']],
  ['{% if x %}a{% endif %}', ['tag {% if x %}', 'text a', 'tag {% endif %}']],
  ['{{a}}{{b}}', ['output {{a}}', 'output {{b}}']],
  ['open {{ name', ['text open {{ name']],
  ['', []],
])('%j is taken apart', (template, expected) => {
  expect(templateParts(template).map(({ kind, source }) => `${kind} ${source}`)).toEqual(expected)
})

test('the pieces joined are the template, each where it says', () => {
  const pieces = fc.constantFrom('{{', '}}', '{%', '%}', 'a', ' ', '{', '}', '😀', '%')
  fc.assert(
    fc.property(
      fc.array(pieces).map((list) => list.join('')),
      (template) => {
        const parts = templateParts(template)
        expect(parts.map(({ source }) => source).join('')).toBe(template)
        for (const { source, from, to } of parts) expect(template.slice(from, to)).toBe(source)
      },
    ),
  )
})

test.each([
  ['{{ contact.name }}', 'contact.name', 'contact.name'],
  ['{{-vars.slots[0].time-}}', 'vars.slots[0].time', 'vars.slots[0].time'],
  ["{{ params.name | default: 'you' }}", undefined, 'params.name'],
  ['{{ "now" | date }}', undefined, undefined],
])('%s shows %s and reads %s', (output, shows, reads) => {
  expect(simplePath(output)).toBe(shows)
  expect(firstPath(output)).toBe(reads)
})
