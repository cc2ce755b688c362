import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FlowName } from './flow-names.ts'
import { replaceInTemplate, summariseSegments, visible, whyUcs2 } from './segment-summary.ts'

const names: readonly FlowName[] = [
  { path: 'contact.name', label: 'contact name', group: 'Contact', type: 'text', sample: 'Alexandra' },
]

describe('a message is counted', () => {
  test('as it stands', () => {
    const { info, counted, isAtMost, causes } = summariseSegments('Hello there', names)
    expect(info).toMatchObject({ encoding: 'gsm7', segments: 1, unitsLeft: 149 })
    expect({ counted, isAtMost, causes }).toEqual({ counted: [], isAtMost: false, causes: [] })
  })

  test('with sample values for its variables, each named once', () => {
    const { info, counted } = summariseSegments(
      "{{ contact.name }} {{contact.name | upcase}} {{ vars.x }} {{ 'a' }}",
      names,
    )
    expect(counted).toEqual([
      { label: 'contact name', sample: 'Alexandra' },
      { label: 'vars.x', sample: 'something' },
      { label: "{{ 'a' }}", sample: 'something' },
    ])
    expect(info.unitsUsed).toBe('Alexandra Alexandra something something'.length)
  })

  test('with all branches of a condition, and says so', () => {
    const { info, isAtMost } = summariseSegments('{% if contact.name %}Hi{% else %}Hello{% endif %}', names)
    expect({ units: info.unitsUsed, isAtMost }).toEqual({ units: 7, isAtMost: true })
  })

  test('finding the characters that need Unicode where they stand in the template', () => {
    const template = 'Hi {{ contact.name }} – it’s 😀'
    const { causes } = summariseSegments(template, names)
    expect(causes).toEqual([
      { character: '–', index: 22, replacement: '-' },
      { character: '’', index: 26, replacement: "'" },
      { character: '😀', index: 29 },
    ])
    for (const { character, index } of causes) expect(template.slice(index, index + character.length)).toBe(character)
  })
})

test.each([
  ['plain', undefined],
  ['it’s', '’ needs Unicode: room for 70 characters instead of 160.'],
  [`it’s ${'a'.repeat(80)}`, '’ needs Unicode: 2 segments instead of 1.'],
  [`😀 ${'a'.repeat(80)}`, '😀 needs Unicode: 2 segments instead of 1.'],
  [`“a” ‘b’ …`, '“ ” ‘ ’ and 1 more need Unicode: room for 70 characters instead of 160.'],
  ['a\u00a0b', 'no-break space needs Unicode: room for 70 characters instead of 160.'],
  [`Привет ${'ж'.repeat(400)}`, 'П р и в and 3 more need Unicode: 7 segments instead of 1.'],
])('%j: %s', (template, why) => {
  expect(whyUcs2(summariseSegments(template, names))).toBe(why)
})

test('a value that needs Unicode is not blamed on the text', () => {
  const [name] = names
  const summary = summariseSegments('Hi {{ contact.name }}', [{ ...name!, sample: 'Łukasz' }])
  expect(whyUcs2(summary)).toContain('A value that is filled in')
})

describe('replacing', () => {
  test('leaves variables alone', () => {
    expect(replaceInTemplate("“Hi” {{ vars.x | default: '…' }} – {% if a == “b” %}é{% endif %}")).toBe(
      '"Hi" {{ vars.x | default: \'…\' }} - {% if a == “b” %}é{% endif %}',
    )
  })

  test('costs what was said, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '’', '…', '😀', 'ж', ' ', '€'), maxLength: 200 }), (text) => {
        const { ifReplaced, info } = summariseSegments(text, [])
        const replaced = summariseSegments(replaceInTemplate(text), [])
        expect(replaced.ifReplaced).toBeUndefined()
        expect(replaced.info).toEqual(ifReplaced ?? info)
      }),
    )
  })
})

test('nothing invisible is shown as nothing', () => {
  expect(['\u200b', '\u00a0', '\u2066', 'é'].map(visible)).toEqual([
    'zero-width space',
    'no-break space',
    'U+2066',
    'é',
  ])
})
