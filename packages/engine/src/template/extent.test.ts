import { expect, test } from 'vitest'
import { textExtent } from './extent.ts'

test.each([
  ['Hello!', 'Hello!', 'Hello!'],
  ['Hi {{ contact.name }}!', 'Hi x!', `Hi ${'x'.repeat(20)}!`],
  ['{% if vars.a %}long one{% else %}no{% endif %}', 'no', 'long one'],
  ['{% if vars.a %}long one{% elsif vars.b %}ab{% endif %}.', '.', 'long one.'],
  ['{% unless vars.a %}well{% endunless %}', '', 'well'],
  ['{% case vars.a %}{% when 1 %}one{% when 2 %}seven{% else %}x{% endcase %}', 'x', 'seven'],
  ['{% for each in vars.list %}- item{% else %}none{% endfor %}', 'none', '- item'],
  ['{% capture a %}hidden{% endcapture %}{% assign b = 1 %}{% comment %}x{% endcomment %}shown', 'shown', 'shown'],
  ['{% if vars.a %}{% if vars.b %}abcd{% else %}ab{% endif %}{% else %}abc{% endif %}', 'ab', 'abcd'],
])('%s is between %j and %j', (template, shortest, longest) => {
  expect(textExtent(template)).toEqual({ shortest, longest })
})

test('of two branches the one in Unicode may be the dearer though it is the shorter', () => {
  const { longest } = textExtent(`{% if vars.a %}${'a'.repeat(100)}{% else %}${'ő'.repeat(80)}{% endif %}`)
  expect(longest).toBe('ő'.repeat(80))
})
