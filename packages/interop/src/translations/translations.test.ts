import { type FlowDocument, flowFormat, parseFlowValue } from '@textloom/core'
import { registry } from '@textloom/nodes/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromTranslationCsv, toTranslationCsv } from './csv.ts'
import { mergeTranslations } from './merge.ts'
import { fromPo, toPo } from './po.ts'
import { tableOf } from './table.ts'

const position = { x: 0, y: 0 }

function flowWith(translations: NonNullable<FlowDocument['translations']>): FlowDocument {
  const parsed = parseFlowValue(
    {
      format: flowFormat,
      id: 'hello',
      name: 'Hello',
      languages: { base: 'en', others: ['hu', 'es'] },
      nodes: [
        { id: 'hi', type: 'message', position, data: { text: 'Say "hi",\nnow' } },
        { id: 'too', type: 'message', position, data: { text: 'Hi' } },
        { id: 'done', type: 'end', position, data: { outcome: 'completed' } },
      ],
      edges: [],
      translations,
    },
    registry,
  )
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message)
  return parsed.flow
}

const translated = flowWith({
  hu: { 'hi.text': 'Mondd: "szia",\nmost', 'gone.text': 'Volt' },
  es: { 'too.text': 'Hola; amigo' },
})

test('the table has a row for each text, and what is gone at its end', () => {
  const { rows, languages } = tableOf(translated, registry)
  expect(languages).toEqual(['hu', 'es'])
  expect(rows.map(({ key, text }) => [key, text])).toEqual([
    ['hi.text', 'Say "hi",\nnow'],
    ['too.text', 'Hi'],
    ['gone.text', ''],
  ])
})

test('a PO file is what editors of such files expect', () => {
  expect(toPo(tableOf(translated, registry), 'hu', 'Hello').split('\n\n').slice(1).join('\n\n')).toBe(
    `#. Message, text
msgctxt "hi.text"
msgid ""
"Say \\"hi\\",\\n"
"now"
msgstr ""
"Mondd: \\"szia\\",\\n"
"most"

#. Message, text
msgctxt "too.text"
msgid "Hi"
msgstr ""

#~ msgctxt "gone.text"
#~ msgid ""
#~ msgstr "Volt"
`.replaceAll('Message, text', `${registry.get('message')?.title}, text`),
  )
})

test('a CSV file has the languages side by side', () => {
  expect(toTranslationCsv(tableOf(translated, registry), 'es').split('\r\n')).toEqual([
    '\uFEFFkey,note,en,es',
    expect.stringMatching(/^hi\.text,".*","Say ""hi"",\nnow",$/s),
    expect.stringMatching(/^too\.text,".*",Hi,Hola; amigo$/),
    'gone.text,not in use,,',
    '',
  ])
})

describe('nothing is lost on the way', () => {
  const anyText = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .filter((text) => text.isWellFormed() && text.trim() !== '' && !text.includes('\0'))
  const anyTranslations = fc.dictionary(
    fc.constantFrom('hu', 'es'),
    fc.dictionary(fc.constantFrom('hi.text', 'too.text', 'gone.text'), anyText, { minKeys: 1, noNullPrototype: true }),
    { noNullPrototype: true },
  )

  test('by CSV', () => {
    fc.assert(
      fc.property(anyTranslations, (translations) => {
        const csv = toTranslationCsv(tableOf(flowWith(translations), registry))
        const { flow } = mergeTranslations(flowWith({}), fromTranslationCsv(csv, 'en'))
        expect(flow.translations ?? {}).toEqual(translations)
      }),
    )
  })

  test('by PO, a file for each language', () => {
    fc.assert(
      fc.property(anyTranslations, (translations) => {
        const table = tableOf(flowWith(translations), registry)
        const flow = ['hu', 'es'].reduce(
          (merged, language) => mergeTranslations(merged, fromPo(toPo(table, language, 'Hello'))).flow,
          flowWith({}),
        )
        expect(flow.translations ?? {}).toEqual(translations)
      }),
    )
  })
})

test('what a file does not speak of stays, and an empty text takes a translation away', () => {
  const { flow, changed, added } = mergeTranslations(
    translated,
    new Map([
      ['hu', new Map([['hi.text', '']])],
      ['id', new Map([['too.text', 'Halo']])],
    ]),
  )
  expect(flow.translations).toEqual({
    hu: { 'gone.text': 'Volt' },
    es: { 'too.text': 'Hola; amigo' },
    id: { 'too.text': 'Halo' },
  })
  expect(flow.languages.others).toEqual(['hu', 'es', 'id'])
  expect({ changed, added }).toEqual({ changed: 2, added: ['id'] })
})

test('semicolons between the columns are read as well', () => {
  expect(fromTranslationCsv('key;en;hu\r\nhi.text;Hi;Szia\r\n', 'en')).toEqual(
    new Map([['hu', new Map([['hi.text', 'Szia']])]]),
  )
})

test.each([
  ['a,b\n1,2\n', 'Line 1: There is no column "key"'],
  ['key,en,Magyar nyelv\nhi.text,a,b\n', 'Line 1: "Magyar nyelv" is no language'],
  ['key,en,hu\nhi.text,a,b\n,a,b\n', 'Line 3: There is no key in this row'],
  ['key,en,hu\nhi.text,"a,b\n', 'Line 2: '],
])('the CSV file %j is refused: %s', (csv, says) => {
  expect(() => fromTranslationCsv(csv, 'en')).toThrow(says)
})

test.each([
  ['msgid "a"\nmsgstr "b"\n', 'Line 1: The header names no language'],
  ['msgid ""\nmsgstr "Language: hu\\n"\n\nmsgid "a"\nmsgstr "b"\n', 'Line 4: This text has no msgctxt'],
  ['msgid ""\nmsgstr "Language: hu\\n"\n\nmsgctxt "k"\nmsgid "a"\nmsgid_plural "b"\n', 'Line 6: Plural forms'],
  ['msgid ""\nmsgstr "Language: hu\\n"\nhello\n', 'Line 3: "hello" is nothing'],
  ['msgid ""\nmsgstr "Language: "hu"\n', 'Line 2: The quotation marks do not close'],
])('the PO file %j is refused: %s', (po, says) => {
  expect(() => fromPo(po)).toThrow(says)
})

test('a line separator within a text is no end of a line', () => {
  const { flow } = mergeTranslations(translated, new Map([['hu', new Map([['hi.text', 'a\u2028\u0085b']])]]))
  expect(
    fromPo(toPo(tableOf(flow, registry), 'hu', 'Hello'))
      .get('hu')
      ?.get('hi.text'),
  ).toBe('a\u2028\u0085b')
})

test('fuzzy translations are passed over', () => {
  const po =
    'msgid ""\nmsgstr "Language: pt_BR\\n"\n\n#, fuzzy\nmsgctxt "k"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "l"\nmsgid "c"\nmsgstr "d"\n'
  expect(fromPo(po)).toEqual(new Map([['pt-BR', new Map([['l', 'd']])]]))
})
