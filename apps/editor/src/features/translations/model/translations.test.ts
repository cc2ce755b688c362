import { type FlowDocument, flowFormat } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { expect, test } from 'vitest'
import { fromDocument } from '../../../document/flow-state.ts'
import { leftOut } from './left-out.ts'
import { isMissing, missingCount, textRows } from './translation-rows.ts'

const at = { x: 0, y: 0 }
const document: FlowDocument = {
  format: flowFormat,
  id: 'help',
  name: 'Help',
  languages: { base: 'en', others: ['hu'] },
  nodes: [
    { id: 'start', type: 'keyword', position: at, data: { keywords: ['HELP ME', 'SOS'], match: 'exact' } },
    { id: 'broken', type: 'menu', position: at, data: { text: 7 } },
    {
      id: 'menu',
      type: 'menu',
      position: at,
      data: {
        text: 'What?',
        options: [
          { id: 'a', label: 'Hours', synonyms: ['open', 'when'] },
          { id: 'b', label: '24/7', synonyms: [] },
        ],
        retries: 0,
      },
    },
  ],
  edges: [],
}
const rows = textRows(fromDocument(document), registry)

test('every text, option, synonym and keyword is a row, called as the inspector calls it', () => {
  expect(rows.map(({ step, place, text }) => `${step} | ${place} | ${text}`)).toEqual([
    'Keyword “HELP ME, SOS (whole text)” | Keywords | HELP ME, SOS',
    'Menu “What?” | Text | What?',
    'Menu “What?” | Label 1 | Hours',
    'Menu “What?” | Other words 1 | open, when',
    'Menu “What?” | Label 2 | 24/7',
  ])
})

test('what reads the same in every language lacks nothing', () => {
  expect(missingCount(rows, {})).toBe(4)
  const texts = { 'menu.text': 'Mi?', 'menu.options[0].label': ' ' }
  expect(rows.filter((row) => isMissing(row, texts)).map(({ key }) => key)).toEqual([
    'start.keywords',
    'menu.options[0].label',
    'menu.options[0].synonyms',
  ])
})

test.each([
  { text: 'Hi {{ contact.name }}', translation: 'Szia!', left: ['contact.name'] },
  { text: 'Hi {{ contact.name | default: "you" }}', translation: 'Szia {{contact.name}}', left: [] },
  { text: '{{ vars.a }} {{ vars.a }} {{ vars.b }}', translation: '{{ vars.b }}', left: ['vars.a'] },
  { text: 'Hi', translation: '{{ vars.a }}', left: [] },
])('“$translation” leaves out $left of “$text”', ({ text, translation, left }) => {
  expect(leftOut(text, translation)).toEqual(left)
})
