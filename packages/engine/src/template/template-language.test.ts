import type { Json } from '@textloom/core'
import { filters, Liquid } from 'liquidjs'
import { describe, expect, test } from 'vitest'
import { renderText, type TemplateScope } from '../template.ts'
import { exampleScope } from '../testing/example-scope.ts'
import { templateFilters } from './filters.ts'
import { templateTags } from './tags.ts'

const examples = [...templateFilters, ...Object.entries(templateTags)].flatMap(([name, { examples }]) =>
  examples.map(([template, text]) => ({ name, template, text })),
)

function over(place: { language?: string; timezone?: string }, vars: { readonly [name: string]: Json } = {}) {
  const { context } = exampleScope
  const { language: _, timezone: __, ...contact } = context.contact
  const channel = { ...context.channel, timezone: 'Asia/Tokyo', languages: ['hu'] }
  return { ...exampleScope, context: { ...context, vars, contact: { ...contact, ...place }, channel } }
}

function say(template: string, scope: TemplateScope = exampleScope): string {
  return renderText(template, scope)
}

describe('the language of templates', () => {
  test.each(examples)('$name: $template is "$text"', ({ template, text }) => {
    expect(say(template)).toBe(text)
  })

  test('every filter and tag of the reference has an example', () => {
    expect(examples.length).toBeGreaterThan(70)
    for (const name of [...templateFilters.keys(), ...Object.keys(templateTags)]) {
      expect(examples.filter((example) => example.name === name && example.template.includes(name))).not.toEqual([])
    }
  })

  test.each(Object.keys(filters).filter((name) => !templateFilters.has(name)))(
    "Liquid's own filter %s is not one of ours",
    (name) => {
      expect(() => say(`{{ "x" | ${name} }}`)).toThrow(`There is no filter "${name}".`)
    },
  )

  test.each(Object.keys(new Liquid().tags).filter((name) => !Object.hasOwn(templateTags, name)))(
    "Liquid's own tag %s is not one of ours",
    (name) => {
      expect(() => say(`{% ${name} x %}`)).toThrow(`There is no tag "${name}".`)
    },
  )

  test.each([
    ['{{ "x" | upcas }}', 'There is no filter "upcas". Did you mean "upcase"?'],
    ['{% fro x in y %}', 'There is no tag "fro". Did you mean "for"?'],
    ['{{ 1 | money }}', '"" is no currency. Write its three letters, as in money: "EUR".'],
    ['{{ now | date: "lng" }}', '"lng" is no date format. Use short, medium,'],
    ['{{ now | date: "long", "Mars" }}', 'There is no time zone "Mars". Write one such as Europe/Budapest.'],
    ['{{ now | date_add: 1, "moons" }}', '"moons" is no unit of time. Use seconds, minutes,'],
    ['{{ now | date: "%999d" }}', 'A date format can make a part at most 100 characters wide.'],
  ])('%s is refused: %s', (template, message) => {
    expect(() => say(template)).toThrow(message)
  })
})

describe('dates', () => {
  test.each([
    ['en', 'Europe/Budapest', 'Sunday, March 1, 2026'],
    ['hu', 'Europe/Budapest', '2026. március 1., vasárnap'],
    ['es', 'America/Bogota', 'domingo, 1 de marzo de 2026'],
    ['th', 'Asia/Bangkok', 'วันอาทิตย์ที่ 1 มีนาคม ค.ศ. 2026'],
    ['id', 'Pacific/Kiritimati', 'Senin, 02 Maret 2026'],
  ])('in %s in %s it is %s', (language, timezone, text) => {
    expect(say('{{ now | date: "full" }}', over({ language, timezone }))).toBe(text)
  })

  test.each([
    ['{{ now | date: "%H:%M %Z" }}', {}, '21:30 GMT+9'],
    ['{{ now | date: "%B" }}', {}, 'március'],
    ['{{ now | date: "%H:%M" }}', { timezone: 'nowhere' }, '21:30'],
    ['{{ now | date: "%B" }}', { language: '!' }, 'március'],
    ['{{ now | date: "%B" }}', { language: 'ru' }, 'март'],
    ['{{ now | date: "%-d %B" }}', { language: 'ru' }, '1 марта'],
    ['{{ now | date: "time" }}', { language: 'fr' }, '21:30'],
  ])('%s for a contact with %o is %s', (template, contact, text) => {
    expect(say(template, over(contact))).toBe(text)
  })

  test.each([
    ['%a %A %b %B %h', 'Sun Sunday Mar March Mar'],
    ['%Y %C %y %m %d %e %j', '2026 20 26 03 01  1 060'],
    ['%H %I %k %l %M %S %L %p %P', '13 01 13  1 30 00 000 PM pm'],
    ['%D|%F|%T|%R|%r|%x|%X', '03/01/26|2026-03-01|13:30:00|13:30|01:30:00 PM|03/01/26|13:30:00'],
    ['%c', 'Sun Mar  1 13:30:00 2026'],
    ['%s %z %:z %Z', '1772368200 +0100 +01:00 GMT+1'],
    ['%u %w %U %W %V %G', '7 0 09 08 09 2026'],
    ['%-d %-m %_m %03d %^a %#p %-d%q', '1 3  3 001 SUN pm 1st'],
    ['100%% %i %n', '100% %i \n'],
  ])('the pattern %s gives "%s"', (pattern, text) => {
    expect(say(`{{ now | date: "${pattern}" }}`)).toBe(text)
  })

  test.each([
    ['2026-07-01', '2026-07-01T00:00:00+02:00'],
    ['2026-07-01 09:30', '2026-07-01T09:30:00+02:00'],
    ['2026-07-01T09:30:15.25Z', '2026-07-01T11:30:15.250+02:00'],
    ['2026-07-01T09:30:00-05:00', '2026-07-01T16:30:00+02:00'],
    ['2026/7/1 9:30', '2026-07-01T09:30:00+02:00'],
    ['July 1, 2026', '2026-07-01T00:00:00+02:00'],
    ['1 Jul 2026 9:30 pm', '2026-07-01T21:30:00+02:00'],
    ['Wed, 01 Jul 2026 09:30:00 GMT', '2026-07-01T11:30:00+02:00'],
    ['1772368200', '2026-03-01T13:30:00+01:00'],
    ['2026-02-30', '2026-02-30'],
    ['2026-13-01', '2026-13-01'],
    ['13:30', '13:30'],
    ['tomorrow', 'tomorrow'],
    ['2026-03-29 02:30', '2026-03-29T03:30:00+02:00'],
    ['2026-10-25 02:30', '2026-10-25T02:30:00+02:00'],
  ])('"%s" is read as %s', (written, iso) => {
    expect(say('{{ vars.when | date: "iso" }}', over({ timezone: 'Europe/Budapest' }, { when: written }))).toBe(iso)
  })

  test.each([
    ['2026-03-28 12:00', '1, "day"', '2026-03-29T12:00:00+02:00'],
    ['2026-03-28 12:00', '24, "hours"', '2026-03-29T13:00:00+02:00'],
    ['2026-01-31', '1, "month"', '2026-02-28'],
    ['2024-02-29', '1, "year"', '2025-02-28'],
    ['2026-01-31', '-2, "months"', '2025-11-30'],
    ['2026-01-31', '2, "weeks"', '2026-02-14'],
    ['2026-01-31', '9999, "years"', ''],
    ['soon', '1, "day"', 'soon'],
  ])('%s and %s is %s', (written, args, iso) => {
    expect(say(`{{ "${written}" | date_add: ${args} }}`)).toBe(iso)
  })

  test.each([
    ['2026-03-01 23:00', '2026-03-02 01:00', 'days', '1'],
    ['2026-03-01 23:00', '2026-03-02 01:00', 'hours', '2'],
    ['2026-03-02', '2026-03-01', 'days', '-1'],
    ['2026-03-28 12:00', '2026-03-29 12:00', 'hours', '23'],
    ['2026-01-31', '2026-02-28', 'months', '0'],
    ['2026-01-31', '2026-03-31', 'months', '2'],
    ['2026-03-31', '2026-01-31', 'months', '-2'],
    ['2000-05-20', '2026-05-19', 'years', '25'],
    ['2026-03-01', '2026-03-20', 'weeks', '2'],
    ['soon', '2026-03-20', 'weeks', ''],
  ])('from %s to %s it is %s: %s', (from, to, unit, count) => {
    expect(say(`{{ "${from}" | date_diff: "${to}", "${unit}" }}`)).toBe(count)
  })
})

describe('numbers', () => {
  test.each([
    ['fr', '{{ 1234567.5 | number }}', '1 234 567,5'],
    ['de', '{{ 1234.5 | number: 2 }}', '1.234,50'],
    ['hu', '{{ 1234 | money: "HUF" }}', '1234 Ft'],
    ['sv', '{{ -5 | number }}', '-5'],
    ['ar-EG', '{{ 1234.5 | number }}', '1,234.5'],
    ['en', '{{ "many" | number }}', 'many'],
    ['en', '[{{ vars.none | number }}]', '[]'],
    ['en', '{{ vars.none | plus: 1 }}', '1'],
    ['en', '[{{ 1 | divided_by: 0 }}]', '[]'],
    ['en', '{{ -2.5 | round }}', '-3'],
  ])('in %s %s is %s', (language, template, text) => {
    expect(say(template, over({ language }))).toBe(text)
  })

  test.each([
    ['pl', 1, 'bilet'],
    ['pl', 3, 'bilety'],
    ['pl', 5, 'biletów'],
    ['pl', 22, 'bilety'],
    ['en', 0, 'other'],
  ])('in %s the word for %i is %s', (language, count, word) => {
    const forms = language === 'pl' ? 'one: "bilet", few: "bilety", many: "biletów"' : 'one: "one", other: "other"'
    expect(say(`{{ vars.n | pluralize: ${forms} }}`, over({ language }, { n: count }))).toBe(word)
  })
})

describe('texts and data', () => {
  test.each([
    ['tr', '{{ "istanbul" | upcase }}', 'İSTANBUL'],
    ['tr', '{{ "ISPARTA" | capitalize }}', 'Isparta'],
    ['en', '{{ "ISPARTA" | capitalize }}', 'Isparta'],
    ['en', '{{ "o\'neill-smith" | title_case }}', "O'neill-Smith"],
    ['en', '{{ "not a number" | phone }}', 'not a number'],
    ['en', '{{ "{\\"a\\": 1" | parse_json }}', ''],
  ])('in %s %s is %s', (language, template, text) => {
    expect(say(template, over({ language }))).toBe(text)
  })

  test.each([
    ['deep', '['.repeat(21) + ']'.repeat(21)],
    ['long', `"${'x'.repeat(10_000)}"`],
  ])('JSON too %s is not read', (_, json) => {
    expect(say('[{{ vars.json | parse_json }}]', over({}, { json }))).toBe('[]')
  })

  test('what a JSON text calls __proto__ is a name like any other', () => {
    const json = '{"__proto__": {"polluted": "yes"}}'
    const template = '{% assign x = vars.json | parse_json %}{{ x.polluted }}{{ vars.polluted }}'
    expect(say(template, over({}, { json }))).toBe('')
  })

  test('what a person sends is never read as a template, whatever filters it went through', () => {
    const sent = '{{ vars.secret }}'
    const template = '{{ vars.sent | append: "!" | capitalize | split: " " | join: " " | raw }}'
    expect(say(template, over({}, { sent, secret: 'x' }))).toBe('{{ vars.secret }}!')
  })
})
