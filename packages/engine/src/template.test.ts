import type { Json } from '@textloom/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  evaluate,
  renderJson,
  renderText,
  renderUrl,
  TemplateError,
  type TemplateScope,
  templateVariables,
} from './template.ts'

const vars = {
  name: 'Éva',
  age: 42,
  open: true,
  none: null,
  text: 'a&b c/d',
  list: ['x', 'y'],
  long: Array.from({ length: 500 }, () => 1),
  order: { id: 7, items: [{ sku: 'A' }] },
}

function scope(vars: { readonly [name: string]: Json }): TemplateScope {
  return {
    context: {
      vars,
      params: { room: '12' },
      results: { vote: { value: 'blue', category: 'blue' } },
      reply: { text: 'yes {{ vars.name }}' },
      contact: { phone: '+15550001', language: 'en', fields: { city: 'Pécs' }, groups: ['vip'] },
      channel: { id: '4040', address: '4040' },
    },
    now: Date.UTC(2026, 0, 1, 12),
    random: () => 0.6,
  }
}

describe('renderText', () => {
  test.each([
    { template: 'Hello', text: 'Hello' },
    { template: 'Hi {{ vars.name }}, {{ vars.age }}', text: 'Hi Éva, 42' },
    { template: '{{ params.room }} {{ contact.fields.city }} {{ channel.id }}', text: '12 Pécs 4040' },
    { template: '{{ results.vote.value }} {{ contact.groups | join: "+" }}', text: 'blue vip' },
    { template: '{% if vars.open %}open{% else %}shut{% endif %}', text: 'open' },
    { template: '[{{ vars.missing.deep }}]', text: '[]' },
    { template: '[{{ vars.none }}]', text: '[]' },
    { template: '{{ vars.order }}', text: '{"id":7,"items":[{"sku":"A"}]}' },
    { template: '{{ vars.list }}', text: 'xy' },
    { template: '{{ vars.list | sample }}', text: 'y' },
    { template: '{{ "now" | date: "%Y-%m-%d %H:%M" }}', text: '2026-01-01 12:00' },
    { template: '{{ "2026-07-01 09:30" | date: "%H:%M" }}', text: '09:30' },
    { template: '{{ "2026-07-01T09:30:00+02:00" | date: "%H:%M" }}', text: '07:30' },
    { template: '{{ "2026-07-01T09:30:00Z" | date: "%H:%M", "Europe/Budapest" }}', text: '11:30' },
    { template: '{{ "July 1, 2026" | date: "%Y-%m-%d" }}', text: '2026-07-01' },
    { template: '{% assign x = vars.age | plus: 1 %}{{ x }}', text: '43' },
    { template: '{{ now | date: "%H:%M" }} {{ now }}', text: '12:00 2026-01-01T12:00:00.000Z' },
  ])('$template becomes "$text"', ({ template, text }) => {
    expect(renderText(template, scope(vars))).toBe(text)
  })

  test.each([
    '{{ vars.__proto__ }}',
    '{{ vars.constructor.name }}',
    '{{ vars.toString }}',
    '{{ vars.name.constructor.constructor }}',
    '{{ vars.list.constructor }}',
    '{{ constructor }}{{ __proto__ }}{{ toString }}',
    '{{ vars["constructor"]["prototype"] }}',
    '{{ contact.fields.hasOwnProperty }}',
    '{{ memory }}{{ env }}{{ event }}{{ environment }}',
  ])('%s gives nothing: templates see values, not JavaScript', (template) => {
    expect(renderText(template, scope(vars))).toBe('')
  })

  test('a reply is never read as a template', () => {
    expect(renderText('You said: {{ reply.text }}', scope(vars))).toBe('You said: yes {{ vars.name }}')
  })

  test('what people write is shown exactly as they wrote it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(renderText('{{ vars.said }}', scope({ said: text }))).toBe(text)
        expect(evaluate('{{ vars.said }}', scope({ said: text }))).toBe(text)
      }),
    )
  })

  test.each([
    {
      title: 'a loop of a thousand million',
      says: 'makes too much data',
      template: '{% for i in (1..1000000000) %}x{% endfor %}',
    },
    {
      title: 'loops in loops',
      says: 'goes round too many times',
      template: nested(8, '{% for i in (1..90) %}', '{% endfor %}'),
    },
    {
      title: 'loops over what is there',
      says: 'goes round too many times',
      template: nested(4, '{% for i in vars.long %}', '{% endfor %}'),
    },
    { title: 'a loop over what was made', says: 'makes too much data', template: `${doubled(30)}{{ x | size }}` },
    {
      title: 'a long way round a short list',
      says: 'goes round too many times',
      template: `{% for i in (1..9000) %}${'{% if vars.none %}x{% endif %}'.repeat(1_000)}{% endfor %}`,
    },
    { title: 'a wide date', says: 'at most 100 characters wide', template: '{{ "now" | date: "%999999999d" }}' },
    {
      title: 'a loop that writes much',
      says: 'writes more than 100000 characters',
      template: '{% for i in (1..9000) %}0123456789abcdef{% endfor %}',
    },
    { title: 'a very long template', says: 'longer than 100000 characters', template: '{{ vars.age }}'.repeat(10_000) },
    {
      title: 'capitals without end',
      says: 'makes too much data',
      template: `${doubled(14)}{% for i in (1..9000) %}{% assign y = x | upcase %}{% endfor %}`,
    },
    { title: 'an include', says: 'no tag "include"', template: '{% include "x" %}' },
    { title: 'a render', says: 'no tag "render"', template: '{% render "x" %}' },
    { title: 'a layout', says: 'no tag "layout"', template: '{% layout "/etc/passwd" %}' },
  ])('$title is refused as soon as it has been counted: $says', ({ template, says }) => {
    expect(() => renderText(template, scope(vars))).toThrow(TemplateError)
    expect(() => renderText(template, scope(vars))).toThrow(says)
  })
})

describe('TemplateError', () => {
  test.each([
    { template: 'ab\n {{ vars.x | nope }}', line: 2, column: 2, says: 'There is no filter "nope".' },
    { template: 'ab {% foo %}', line: 1, column: 4, says: 'There is no tag "foo". Did you mean "for"?' },
    { template: 'ab {{ vars.x', line: 1, column: 4, says: 'This is not closed: {{ vars.x' },
    { template: '{% if %}x{% endif %}', line: 1, column: 6, says: 'A value is missing or cannot be read: "".' },
    { template: '{% if vars.x %}', line: 1, column: 1, says: 'This is not closed: {% if vars.x %}' },
  ])('$template is wrong at line $line, column $column', ({ template, line, column, says }) => {
    const error = thrownBy(() => templateVariables(template))
    expect(error).toBeInstanceOf(TemplateError)
    expect(error).toMatchObject({ line, column, message: `${says} (line ${line}, column ${column})` })
  })

  test('any text is a template or a TemplateError, read twice the same', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' if ',
      'vars.a',
      '|',
      '"',
      "'",
      '-',
      'for i in ',
      '[',
      '..',
      'x',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = outcome(pieces.join(''))
        expect(outcome(pieces.join(''))).toEqual(once)
      }),
    )
  })
})

describe('renderUrl', () => {
  test.each([
    { template: 'https://x.test/?q={{ vars.text }}', url: 'https://x.test/?q=a%26b%20c%2Fd' },
    { template: 'https://x.test/{{ vars.name }}/{{ vars.age }}', url: 'https://x.test/%C3%89va/42' },
    { template: 'https://x.test/{{ vars.text | raw }}', url: 'https://x.test/a&b c/d' },
    { template: 'https://x.test/{{ vars.text | url_encode }}', url: 'https://x.test/a%26b+c%2Fd' },
    { template: 'https://x.test/{{ vars.none }}', url: 'https://x.test/' },
  ])('$template becomes $url', ({ template, url }) => {
    expect(renderUrl(template, scope(vars))).toBe(url)
  })

  test('no value can leave its place in the URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(renderUrl('{{ vars.x }}', scope({ x: text }))).toMatch(/^[A-Za-z0-9%\-_.!~*'()]*$/)
      }),
    )
  })
})

describe('evaluate', () => {
  test.each([
    { template: '{{ vars.age }}', value: 42 },
    { template: '{{ vars.open }}', value: true },
    { template: '{{ vars.order.items }}', value: [{ sku: 'A' }] },
    { template: '{{ vars.missing }}', value: null },
    { template: '{{ vars.age | divided_by: 0 }}', value: null },
    { template: '{{ vars.age | plus: 1 }}', value: 43 },
    { template: ' {{ vars.age }}', value: ' 42' },
    { template: '{{ vars.age }}{{ vars.age }}', value: '4242' },
    { template: '7', value: '7' },
    { template: '', value: '' },
  ])('$template is $value', ({ template, value }) => {
    expect(evaluate(template, scope(vars))).toEqual(value)
  })

  test('renderJson fills the texts of a JSON body in and keeps types', () => {
    const body = { name: '{{ vars.name }}', '{{ vars.name }}': [1, null, '{{ vars.age }}', 'n: {{ vars.age }}'] }
    expect(renderJson(body, scope(vars))).toEqual({ name: 'Éva', '{{ vars.name }}': [1, null, 42, 'n: 42'] })
  })
})

describe('templates that only fill in variables', () => {
  const names = fc.constantFrom('a', 'b', 'size', 'first', 'constructor', '__proto__', 'x_1')
  const values: fc.Arbitrary<Json> = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
    fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })) as fc.Arbitrary<Json>,
  )
  const piece = fc.oneof(
    names.map((name) => `{{ vars.${name} }}`),
    fc.tuple(names, names).map(([one, other]) => `{{vars.${one}.${other}}}`),
    fc.constantFrom(
      '{',
      '}',
      '}}',
      '{%',
      '{{',
      ' ',
      'text',
      '{{- vars.a }}',
      '{{ vars.a | upcase }}',
      '{{ reply.text}}\n',
    ),
  )

  test('come out as Liquid itself renders them', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), fc.dictionary(names, values), (pieces, vars) => {
        const template = pieces.join('')
        // An empty comment makes the same template one for Liquid.
        const liquid = `{% comment %}{% endcomment %}${template}`
        const [one, other] = [template, liquid].map((each) => [
          attempt(() => renderText(each, scope(vars))),
          attempt(() => renderUrl(each, scope(vars))),
        ])
        expect(one).toEqual(other)
      }),
      { numRuns: 500 },
    )
  })

  test('that are one single output have its value as Liquid has it', () => {
    fc.assert(
      fc.property(names, names, fc.dictionary(names, values), (one, other, vars) => {
        const [plain, liquid] = [`{{ vars.${one}.${other} }}`, `{{ vars.${one}.${other} | raw }}`]
        expect(evaluate(plain, scope(vars))).toEqual(evaluate(liquid, scope(vars)))
      }),
    )
  })
})

describe('templateVariables', () => {
  test.each([
    { template: 'plain', variables: [] },
    { template: 'Hi {{ vars.name }}', variables: [{ segments: ['vars', 'name'], line: 1, column: 7 }] },
    {
      template: '{% assign x = vars.a %}\n{{ x }}{{ name }}{{ vars.order["items"][0].sku }}',
      variables: [
        { segments: ['vars', 'a'], line: 1, column: 15 },
        { segments: ['name'], line: 2, column: 11 },
        { segments: ['vars', 'order', 'items', 0, 'sku'], line: 2, column: 21 },
      ],
    },
    {
      template: '{{ vars[reply.text].z }}',
      variables: [
        { segments: ['vars'], line: 1, column: 4 },
        { segments: ['reply', 'text'], line: 1, column: 9 },
      ],
    },
  ])('finds what $template reads', ({ template, variables }) => {
    expect(templateVariables(template)).toEqual(variables)
  })
})

function nested(depth: number, open: string, close: string): string {
  return `${open.repeat(depth)}x${close.repeat(depth)}`
}

function doubled(times: number): string {
  return `{% assign x = "ab" %}${'{% capture x %}{{ x }}{{ x }}{% endcapture %}'.repeat(times)}`
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (thrown) {
    return thrown
  }
  return undefined
}

function attempt(render: () => string): string {
  try {
    return render()
  } catch {
    return 'refused'
  }
}

function outcome(template: string): unknown {
  try {
    return { variables: templateVariables(template), text: renderText(template, scope(vars)) }
  } catch (thrown) {
    if (!(thrown instanceof TemplateError)) throw thrown
    return { line: thrown.line, column: thrown.column, message: thrown.message }
  }
}
